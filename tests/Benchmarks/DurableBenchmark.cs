using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Local.Run;

namespace Stockgate.Benchmarks;

/// <summary>The real Durable extension in the local host with its Azure Storage backend on Azurite, through its management API.</summary>
internal sealed class DurableBenchmark(LocalApp app)
{
    private const int Orchestrations = 40,
        WarmUps = 2,
        Activities = 5,
        Events = 20;

    /// <summary>Orchestrations that <see cref="FivesAsync"/> starts in all.</summary>
    public const int Started = Orchestrations + WarmUps;

    private readonly HttpClient http = new() { DefaultRequestHeaders = { { "x-functions-key", app.MasterKey } } };

    /// <summary>Orchestrations of five activities in a row, all started at once.</summary>
    public async Task<(double PerSecond, double Activities)> FivesAsync()
    {
        await Task.WhenAll((await StartAsync("Fives", WarmUps)).Select(EndedAsync));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll((await StartAsync("Fives", Orchestrations)).Select(EndedAsync));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return (Orchestrations / seconds, Orchestrations * Activities / seconds);
    }

    /// <summary>From raising an event until the orchestration that waited for it is seen to have ended; one at a time.</summary>
    public async Task<(double P50, double P95)> EventsAsync()
    {
        var took = new List<double>();
        for (var number = 0; number < Events; number++)
        {
            var id = (await StartAsync("WaitsForGo", 1))[0];
            await UntilAsync(id, "Running");
            var started = Stopwatch.GetTimestamp();
            using var raised = await http.PostAsJsonAsync(Address($"instances/{id}/raiseEvent/Go"), "now");
            raised.EnsureSuccessStatusCode();
            await EndedAsync(id);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        took.Sort();
        return (took[took.Count / 2], took[took.Count * 95 / 100]);
    }

    private Uri Address(string path) => new(app.BaseAddress, $"runtime/webhooks/durabletask/{path}");

    private async Task<string[]> StartAsync(string orchestrator, int count) =>
        await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(async _ =>
                {
                    using var started = await http.PostAsJsonAsync(Address($"orchestrators/{orchestrator}"), "input");
                    started.EnsureSuccessStatusCode();
                    return (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
                })
        );

    private Task EndedAsync(string id) => UntilAsync(id, "Completed");

    private async Task UntilAsync(string id, string status)
    {
        while (true)
        {
            var found = await http.GetFromJsonAsync<JsonElement>(Address($"instances/{id}"));
            if (found.GetProperty("runtimeStatus").GetString() == status)
                return;
            await Task.Delay(20);
        }
    }
}
