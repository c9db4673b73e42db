using System.Net;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Tests.ServiceBus;
using Stockgate.Emulator.Worker.Durable;

namespace Stockgate.Emulator.Tests.Worker.Durable;

/// <summary>The hub lives and dies with the host.</summary>
public sealed partial class DurableHubTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<WorkerHost> StartAsync(Action<Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder>? configure = null, params string[] args) =>
        WorkerHost.StartAsync([typeof(Functions)], configure, _folder, args);

    private void WriteHostJson(string json) => File.WriteAllText(Path.Combine(_folder.Path, "host.json"), json);

    [Fact]
    public async Task Waiting_orchestration_goes_on_after_a_restart()
    {
        await using (var first = await StartAsync())
        {
            await first.BeginAsync("Waiting", "one");
            await first.UntilAsync("one", "Running");
        }
        Assert.True(File.Exists(Path.Combine(_folder.Path, "state", "durabletask-TestHubName.db")));
        await using var second = await StartAsync();
        Assert.Equal(HttpStatusCode.Accepted, (await second.SendAsync(HttpMethod.Post, "/instances/one/raiseEvent/go", "\"hello\"")).StatusCode);
        Assert.Equal("hello there", (await second.UntilAsync("one", "Completed")).GetProperty("output").GetString());
    }

    [Fact]
    public async Task Shutdown_waits_for_a_running_activity_whose_client_still_works()
    {
        await using (var host = await StartAsync())
        {
            var probe = host.Probe;
            await host.BeginAsync("Slow", "one");
            Assert.Equal("started once", await probe.NextAsync());
            var stopping = host.StopAsync();
            Assert.False(stopping.IsCompleted);
            probe.Gate.SetResult();
            await stopping;
            Assert.Equal("finished once", await probe.NextAsync());
        }
        await using var next = await StartAsync();
        Assert.Equal("once", (await next.UntilAsync("one", "Completed")).GetProperty("output").GetString());
        await next.UntilAsync("by-once", "Running");
    }

    [Fact]
    public async Task Request_in_flight_starts_and_awaits_an_orchestration_during_a_shutdown()
    {
        await using var host = await StartAsync();
        var probe = host.Probe;
        var call = host.Http.GetStringAsync("/api/page");
        Assert.Equal("page", await probe.NextAsync());
        var stopping = host.StopAsync();
        probe.Gate.SetResult();
        Assert.Equal("\"still there\"", await call);
        await stopping;
    }

    [Fact]
    public async Task Activity_that_outlasts_the_shutdown_is_run_again_by_the_next_process()
    {
        await using (var host = await StartAsync(builder => builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(200))))
        {
            await host.BeginAsync("Slow", "one");
            Assert.Equal("started once", await host.Probe.NextAsync());
            await host.StopAsync();
        }
        await using var next = await StartAsync();
        Assert.Equal("started once", await next.Probe.NextAsync());
        next.Probe.Gate.SetResult();
        await next.UntilAsync("one", "Completed");
    }

    [Fact]
    public async Task Activities_at_once_are_limited_by_host_json()
    {
        WriteHostJson("""{ "extensions": { "durableTask": { "hubName": "Stock1", "maxConcurrentActivityFunctions": 1, "maxConcurrentOrchestratorFunctions": 1 } } }""");
        await using var host = await StartAsync();
        Assert.True(File.Exists(Path.Combine(_folder.Path, "state", "durabletask-Stock1.db")));
        await host.BeginAsync("Many", "one");
        Assert.Equal("started 0", await host.Probe.NextAsync());
        await host.BeginAsync("Waiting", "two");
        await host.UntilAsync("two", "Running");
        Assert.True(host.Probe.IsQuiet);
        host.Probe.Gate.SetResult();
        foreach (var seen in new[] { "finished 0", "started 1", "finished 1", "started 2", "finished 2" }) Assert.Equal(seen, await host.Probe.NextAsync());
    }

    [Fact]
    public async Task Activity_that_outlasts_the_function_timeout_sees_its_token_end()
    {
        WriteHostJson("""{ "functionTimeout": "00:00:42" }""");
        var time = new WatchedTime();
        await using var host = await WorkerHost.StartAsync([typeof(UntilTimeIsUp)], builder => builder.Services.AddSingleton<TimeProvider>(time), _folder);
        await host.BeginAsync("Long", "one");
        Assert.Equal("started", await host.Probe.NextAsync());
        await time.PassAsync(TimeSpan.FromSeconds(42));
        Assert.Equal("time is up", await host.Probe.NextAsync());
    }

    [Fact]
    public async Task Disabled_activity_and_orchestrator_are_not_there()
    {
        await using var host = await StartAsync(null, "--AzureWebJobs.Echo.Disabled=true", "--AzureWebJobs.Slow.Disabled=true");
        await host.BeginAsync("Echoing", "one");
        Assert.Contains("There is no activity 'Echo'", (await host.UntilAsync("one", "Failed")).GetProperty("output").GetString());
        Assert.Contains("There is no orchestrator 'Slow'", await (await host.SendAsync(HttpMethod.Post, "/orchestrators/Slow")).ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Services_have_the_client_from_their_start_to_their_stop_and_functions_run_once_the_app_has_started()
    {
        var service = new AroundTheHub();
        using var host = WorkerHost.Build([typeof(Functions)], _folder, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddHostedService(services =>
            {
                (service.Clients, service.Probe) = (services.GetRequiredService<IDurableTaskClientProvider>(), services.GetRequiredService<Probe>());
                return service;
            });
        });
        await host.StartAsync();
        Assert.True(service.WasQuietBeforeTheStart);
        Assert.Equal("started once", await service.Probe!.NextAsync());
        service.Probe.Gate.SetResult();
        await host.StopAsync();
        Assert.Equal("Completed", service.StatusAtTheEnd);
    }

    [Fact]
    public async Task Provider_gives_the_client_of_the_hub()
    {
        using var host = WorkerHost.Build([typeof(Functions)], _folder, builder => builder.Logging.ClearProviders());
        var clients = host.Services.GetRequiredService<IDurableTaskClientProvider>();
        Assert.Contains("once the host starts", Assert.Throws<InvalidOperationException>(() => clients.GetClient()).Message);
        await host.StartAsync();
        Assert.Same(clients.GetClient(), clients.GetClient("testhubname"));
        Assert.Same(clients.GetClient(), clients.GetClient(""));
        Assert.Contains("There is no task hub 'Other'", Assert.Throws<ArgumentException>(() => clients.GetClient("Other")).Message);
        await host.StopAsync();
    }

    [Fact]
    public async Task Converter_and_version_of_the_app_are_used()
    {
        WriteHostJson("""{ "extensions": { "durableTask": { "defaultVersion": "1.0" } } }""");
        await using var host = await StartAsync(builder => builder.Services.Configure<DurableTaskClientOptions>(o => (o.DataConverter, o.DefaultVersion) = (new Marking(), "2.0")));
        await host.BeginAsync("Echoing", "one");
        Assert.Equal("~\"still there\"", (await host.UntilAsync("one", "Completed")).GetProperty("output").GetString());
        Assert.Contains("\"version\": \"2.0\"", await (await host.SendAsync(HttpMethod.Get, "/instances/one/history")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Hub_in_use_stops_the_start()
    {
        await using var first = await StartAsync();
        using var second = WorkerHost.Build([typeof(Functions)], _folder, builder => builder.Logging.ClearProviders());
        Assert.Contains("is in use by another process", (await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync())).Message);
    }

    [Fact]
    public async Task Fault_of_the_hub_stops_the_app_and_is_logged()
    {
        var log = new Log();
        using var host = WorkerHost.Build([typeof(Functions)], _folder, builder => builder.Logging.ClearProviders().AddProvider(log));
        await host.StartAsync();
        _ = host.Services.GetRequiredService<DurableHub>().Client.Hub.Writer.Run(new Broken());
        await host.WaitForShutdownAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains(log.Lines, line => line.Level == LogLevel.Critical && line.Text.Contains("durabletask-TestHubName.db ended"));
    }
}
