using System.Net;
using System.Text.Json;

namespace Stockgate.Local.Tests.Host;

/// <summary>Crashes and ends, on a host of the test's own.</summary>
[Collection(HostCollection.Name)]
public sealed class KillTests(HostFixture fixture)
{
    [Fact]
    public async Task A_worker_that_dies_is_started_again_and_orchestrations_go_on()
    {
        using var folder = new Folder();
        await using var host = await StartAsync(folder);
        for (var i = 0; i < 4; i++)
            await host.Client.PostAsync($"/api/start/LongWork/w{i}", null);
        var calls = Enumerable.Range(0, 5).Select(_ => host.Client.GetAsync("/api/slow/20000")).ToList();
        var worker = await host.WorkerAsync();
        await Patience.UntilAsync(async () => (await State(host, "w0")).Status == "Running", "the orchestrations run");
        host.Signal("KILL", worker);
        foreach (var response in await Task.WhenAll(calls))
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        // The next call waits for the new worker.
        Assert.Equal(HttpStatusCode.NoContent, (await host.Client.GetAsync("/api/empty")).StatusCode);
        Assert.NotEqual(worker, await host.WorkerAsync());
        for (var i = 0; i < 4; i++)
            await Completed(host, $"w{i}");
    }

    [LongFact]
    public async Task A_host_killed_with_9_leaves_no_worker_and_its_orchestrations_complete_after_a_restart()
    {
        using var folder = new Folder();
        int worker;
        await using (var first = await StartAsync(folder))
        {
            await first.Client.PostAsync("/api/start/LongWork/h0", null);
            worker = await first.WorkerAsync();
            await Patience.UntilAsync(async () => (await State(first, "h0")).Status == "Running", "the orchestration runs");
            first.Signal("KILL");
            await first.EndedAsync();
            await Patience.UntilAsync(() => !Directory.Exists($"/proc/{worker}"), "the worker is gone");
        }
        await using var second = await StartAsync(folder);
        await Completed(second, "h0");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_clean_end_lets_calls_finish_and_takes_no_new_ones(string signal)
    {
        using var folder = new Folder();
        await using var host = await StartAsync(folder);
        var worker = await host.WorkerAsync();
        var call = host.Client.GetAsync("/api/slow/3000");
        await Task.WhenAny(call, Task.Delay(500));
        host.Signal(signal);
        Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
        Assert.Equal(0, await host.EndedAsync());
        Assert.False(Directory.Exists($"/proc/{worker}"));
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Client.GetAsync("/api/empty"));
    }

    [Fact]
    public async Task A_call_over_functionTimeout_is_500_when_it_honours_its_token()
    {
        using var folder = new Folder();
        await using var host = await StartAsync(folder, "00:00:01");
        using var response = await host.Client.GetAsync("/api/waits/timeout");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task A_call_that_ignores_its_token_has_the_worker_restarted_ten_seconds_later()
    {
        using var folder = new Folder();
        await using var host = await StartAsync(folder, "00:00:01");
        var worker = await host.WorkerAsync();
        using var response = await host.Client.GetAsync("/api/slow/600000");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        await host.RunsAsync();
        Assert.NotEqual(worker, await host.WorkerAsync());
    }

    private Task<HostProcess> StartAsync(Folder folder, string timeout = "00:05:00")
    {
        var hub = "Kill" + Math.Abs(folder.Path.GetHashCode(StringComparison.Ordinal));
        var json = File.ReadAllText(Path.Combine(HostProcess.App, "host.json"))
            .Replace("\"00:00:30\"", $"\"{timeout}\"", StringComparison.Ordinal)
            .Replace("\"LocalTests\"", $"\"{hub}\"", StringComparison.Ordinal);
        var app = Path.Combine(folder.Path, "app");
        if (!Directory.Exists(app))
            HostProcess.AppWith(folder.Path, json);
        return HostProcess.StartAsync(
            app,
            Path.Combine(folder.Path, "state"),
            fixture.SettingsOfAnother(Path.Combine(folder.Path, "journal"))
        );
    }

    private static Task Completed(HostProcess host, string id) =>
        Patience.UntilAsync(
            async () =>
            {
                var (status, output) = await State(host, id);
                Assert.False(status == "Failed", output);
                if (status != "Completed")
                    return false;
                Assert.Equal("45", output);
                return true;
            },
            $"{id} completes",
            TimeSpan.FromMinutes(4)
        );

    private static async Task<(string? Status, string? Output)> State(HostProcess host, string id)
    {
        using var response = await host.Client.GetAsync($"/api/state/{id}");
        if (response.StatusCode != HttpStatusCode.OK)
            return default;
        var state = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return (state.GetProperty("status").GetString(), state.GetProperty("output").GetString());
    }
}
