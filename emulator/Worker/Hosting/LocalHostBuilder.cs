using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Worker.Durable;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Hosting;

/// <summary>Puts the local host together: settings, Kestrel, the functions, their listeners.</summary>
internal sealed class LocalHostBuilder
{
    /// <summary>The port of Core Tools' <c>func start</c>.</summary>
    private const int DefaultPort = 7071;

    /// <summary>Where the local state lives (keys, timers' last runs): a setting of this runtime alone.</summary>
    public const string StateFolderSetting = "LocalStateFolder";

    private readonly FunctionSource functions;
    private readonly HostSettings host;

    public LocalHostBuilder(string[] args, FunctionSource functions)
    {
        this.functions = functions;
        host = HostSettings.Read(Path.Combine(functions.HostFolder, "host.json"));
        Web = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory, ApplicationName = functions.Assembly.GetName().Name });
        var values = LocalSettings.Read(Path.Combine(functions.SettingsFolder, LocalSettings.FileName));
        // First in the list, so below everything else: the environment and the command line win.
        Web.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = values });
        // A log line per request is the real host's business too, but it would be most of what a request costs here.
        Web.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        foreach (var (category, level) in host.LogLevels)
            if (Enum.TryParse<LogLevel>(level, ignoreCase: true, out var parsed)) Web.Logging.AddFilter(category == "default" ? null : category, parsed);
        Web.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        Web.Services.AddMvcCore();
        Web.Services.TryAddSingleton(TimeProvider.System);
    }

    public WebApplicationBuilder Web { get; }

    public List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> Middleware { get; } = [];

    public bool ServesHttp { get; set; }

    public IHost Build()
    {
        var mistakes = new List<string>();
        // As on the real host a setting switches one function off: https://learn.microsoft.com/azure/azure-functions/disable-function.
        var found = FunctionDiscovery.Find(functions, mistakes).Where(f => !Web.Configuration.GetValue($"AzureWebJobs.{f.Name}.Disabled", false)).ToList();
        var triggers = new TriggerCatalog(host, Web.Configuration, ServesHttp);
        triggers.Check(found, mistakes);
        if (mistakes.Count > 0)
            throw new InvalidOperationException($"The functions can't start:{string.Concat(mistakes.Select(m => $"\n  - {m}"))}");

        var inFlight = new InFlight();
        var pipeline = new InvocationPipeline(Middleware, inFlight);
        Web.Services.AddSingleton(inFlight);
        Web.Services.AddSingleton(pipeline);
        Web.Services.AddSingleton(triggers);
        if (triggers.Durable.AreUsed) AddDurableHub(triggers.Durable);
        Web.Services.AddHostedService<ListenerHost>();
        if (Web.Configuration["urls"] is null) Web.WebHost.UseUrls($"http://127.0.0.1:{Web.Configuration["port"] ?? DefaultPort.ToString()}");

        var app = Web.Build();
        triggers.Map(app, found, StateFolder);
        return app;
    }

    private void AddDurableHub(DurableFunctions functions)
    {
        Web.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<DurableHub>(services, functions, host.Durable, StateFolder));
        Web.Services.AddSingleton<IDurableTaskClientProvider>(services => services.GetRequiredService<DurableHub>());
        Web.Services.AddHostedService(services => services.GetRequiredService<DurableHub>());
    }

    private string StateFolder => Path.GetFullPath(Web.Configuration[StateFolderSetting] ?? ".stockgate");
}
