using System.Text.Json.Nodes;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Http;
using Stockgate.Local.Host.Settings;

namespace Stockgate.Local.Host.Durable;

/// <summary>The real Durable extension with its Azure Storage backend, in this process. It starts when the storage answers.</summary>
internal sealed class DurableHost(
    HostArguments arguments,
    HostJson host,
    AppSettings settings,
    FunctionKeys keys,
    DurableInvoker invoker,
    DurableClients clients,
    ILoggerFactory loggers,
    TimeProvider time
)
{
    private static readonly string[] Kinds = ["orchestrationTrigger", "activityTrigger", "entityTrigger"];

    private readonly ILogger log = loggers.CreateLogger("Host");
    private readonly CancellationTokenSource stopping = new();
    private volatile IHost? running;
    private Task starting = Task.CompletedTask;

    /// <summary>Answers the management API; null until the extension runs.</summary>
    public IAsyncConverter<HttpRequestMessage, HttpResponseMessage>? Management =>
        running
            ?.Services.GetServices<IExtensionConfigProvider>()
            .OfType<IAsyncConverter<HttpRequestMessage, HttpResponseMessage>>()
            .Single();

    public void Start(IReadOnlyList<FunctionDefinition> functions)
    {
        FunctionDefinition[] durable = [.. functions.Where(f => f.Runs && Kinds.Any(f.Trigger!.Is))];
        if (durable.Length == 0 && functions.All(function => function.DurableClients.Count == 0))
            return;
        Environment.SetEnvironmentVariable("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated");
        DurableCalls.Handler = invoker.RunAsync;
        starting = Task.Run(() => StartAsync(durable));
    }

    /// <summary>Takes no new work; what is in flight ends or is taken up again later.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        await stopping.CancelAsync();
        await starting;
        if (running is not { } host)
            return;
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            await host.StopAsync(limit.Token);
        }
        catch (Exception fault)
        {
            log.LogWarning("The durable functions did not stop cleanly: {Error}", fault.Message);
        }
    }

    private async Task StartAsync(FunctionDefinition[] functions)
    {
        var probe = new StorageProbe(settings["AzureWebJobsStorage"]);
        for (var told = false; !stopping.IsCancellationRequested; await PauseAsync())
        {
            var fault = await probe.TryAsync(stopping.Token) ?? await TryStartAsync(functions);
            if (fault is null)
            {
                log.LogInformation("Durable functions run ({Count})", functions.Length);
                return;
            }
            if (!told)
                log.LogError("Durable functions do not run yet: {Fault}. They start when the storage answers", fault);
            told = true;
        }
    }

    private Task PauseAsync() =>
        Task.Delay(TimeSpan.FromSeconds(1), time, stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);

    private async Task<string?> TryStartAsync(FunctionDefinition[] functions)
    {
        var made = Build(functions);
        try
        {
            await made.StartAsync(stopping.Token);
            running = made;
            clients.Attach(made.Services.GetRequiredService<IJobHost>());
            return null;
        }
        catch (Exception fault)
        {
            made.Dispose();
            return fault.GetBaseException().Message;
        }
    }

    private IHost Build(FunctionDefinition[] functions) =>
        new HostBuilder()
            .ConfigureWebJobs(jobs => jobs.AddDurableTask())
            .ConfigureAppConfiguration(configuration => configuration.AddConfiguration(settings.Configuration))
            .ConfigureServices(services =>
                services
                    .AddSingleton(loggers)
                    .AddSingleton<ITypeLocator>(new FunctionTypes(functions))
                    .AddSingleton<IWebHookProvider>(new ManagementAddress(arguments.Port, keys.Durable))
                    // Signals are the business of the outer host alone, which ends this one in its turn.
                    .AddSingleton<IHostLifetime, NoLifetime>()
                    .PostConfigure<DurableTaskOptions>(Configure)
            )
            .Build();

    private void Configure(DurableTaskOptions options)
    {
        if (host.Durable is null)
            return;
        var section = (JsonObject)host.Durable.DeepClone();
        JsonConvert.PopulateObject(section.ToJsonString(), options);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class ManagementAddress(int port, string key) : IWebHookProvider
    {
        public Uri GetUrl(IExtensionConfigProvider extension) => new($"http://127.0.0.1:{port}/runtime/webhooks/durabletask?code={key}");
    }
}
