using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Stockgate.Demo.Local;

namespace Stockgate.EndToEnd.Tests.Ingest;

public class QuarantineSweepTests
{
    private const string Sweep = $"quarantine/{AppSettings.Channel}/sweep";

    private static byte[] Beyond(string sku) =>
        Events.Of(
            "stock.counted",
            new
            {
                sku,
                location = "main",
                quantity = 2_000_000_000,
            }
        );

    private static byte[] Unpriced(string sku) =>
        Events.Of(
            "competitor.price-observed",
            new
            {
                sku,
                competitor = "them",
                price = -1,
                currency = "GBP",
            }
        );

    private static Task<HttpResponseMessage> StartAsync(RunningApp running, string decision, string? by = "Ada") =>
        running.CallAsync(HttpMethod.Post, Sweep, by, Encoding.UTF8.GetBytes(decision));

    private static async Task<JsonElement> EndedAsync(RunningApp running)
    {
        JsonElement sweep = default;
        await RunningApp.UntilAsync(
            async () => (sweep = await running.ReadAsync(Sweep)).GetProperty("status").GetString() is not ("Pending" or "Running"),
            "the sweep has ended"
        );
        return sweep;
    }

    private static async Task<Dictionary<(string Field, string State), int>> CountsAsync(RunningApp running)
    {
        var counts = new Dictionary<(string, string), int>();
        string? after = null;
        do
        {
            var page = await running.ReadAsync(
                $"quarantine?channel={AppSettings.Channel}" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}")
            );
            foreach (var record in page.GetProperty("records").EnumerateArray())
            {
                var key = (record.GetProperty("field").GetString()!, record.GetProperty("state").GetString()!);
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
            after = page.TryGetProperty("after", out var next) ? next.GetString() : null;
        } while (after is not null);
        return counts;
    }

    [Fact]
    public async Task A_sweep_settles_what_fits_and_leaves_the_rest()
    {
        await using var running = await RunningApp.StartAsync();
        await running.Partner.PostAsync([
            .. Enumerable.Range(0, 30).Select(i => Beyond($"n{i}")),
            .. Enumerable.Range(0, 20).Select(i => Unpriced($"u{i}")),
        ]);
        using (var none = await running.GetAsync(Sweep))
            await Problem.IsAsync(none, 404, "unknown-sweep", "channel");
        using (var unnamed = await StartAsync(running, """{"decision":"Discard","note":"a test"}""", by: null))
            await Problem.IsAsync(unnamed, 401, "no-key", "Authorization");
        using (var vague = await StartAsync(running, """{"decision":"Whatever"}"""))
            await Problem.IsAsync(vague, 400, "sweep-decision", "decision");

        using (
            var tried = await running.CallAsync(
                HttpMethod.Post,
                $"{Sweep}?dryRun=true",
                "Ada",
                """{"decision":"Discard","field":"data.quantity","note":"a test"}"""u8.ToArray()
            )
        )
        {
            Assert.Equal(200, (int)tried.StatusCode);
            var preview = await tried.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(30, preview.GetProperty("records").GetInt32());
            Assert.Equal(20, preview.GetProperty("examples").GetArrayLength());
        }
        using (
            var unclear = await running.CallAsync(HttpMethod.Post, $"{Sweep}?dryRun=yes", "Ada", """{"decision":"Replay"}"""u8.ToArray())
        )
            await Problem.IsAsync(unclear, 400, "unfit-query", "dryRun");
        Assert.Equal(2, (await CountsAsync(running)).Count(static c => c.Key.State == "waiting"));

        using (
            var started = await StartAsync(running, """{"decision":"Discard","field":"data.quantity","reason":"MAXIMUM","note":"a test"}""")
        )
        {
            Assert.Equal(202, (int)started.StatusCode);
            Assert.EndsWith(Sweep, started.Headers.Location!.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("code=", await started.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        var discarded = await EndedAsync(running);
        Assert.Equal(
            ("Completed", 50, 30, 0),
            (
                discarded.GetProperty("status").GetString(),
                discarded.GetProperty("looked").GetInt32(),
                discarded.GetProperty("settled").GetInt32(),
                discarded.GetProperty("refused").GetInt32()
            )
        );

        // As they are they are still bad: they are tried, refused and wait on. What is discarded is not looked at again.
        (await StartAsync(running, """{"decision":"Replay"}""")).Dispose();
        var replayed = await EndedAsync(running);
        Assert.Equal(
            (20, 0, 20),
            (
                replayed.GetProperty("looked").GetInt32(),
                replayed.GetProperty("settled").GetInt32(),
                replayed.GetProperty("refused").GetInt32()
            )
        );
        Assert.Equal(
            new Dictionary<(string, string), int> { [("data.quantity", "discarded")] = 30, [("data.price", "waiting")] = 20 },
            await CountsAsync(running)
        );
    }

    [Fact]
    public async Task A_sweep_goes_on_after_the_process_was_killed_in_the_middle_of_it()
    {
        await using var running = await RunningApp.StartAsync();
        foreach (var batch in Enumerable.Range(0, 1_500).Chunk(500))
            await running.Partner.PostAsync(batch.Select(i => Beyond($"n{i}")));
        (await StartAsync(running, """{"decision":"Discard","note":"a test"}""")).Dispose();
        await RunningApp.UntilAsync(
            async () => (await running.ReadAsync(Sweep)).GetProperty("settled").GetInt32() > 0,
            "the sweep has begun"
        );
        using (var second = await StartAsync(running, """{"decision":"Replay"}"""))
            await Problem.IsAsync(second, 409, "sweep-running", "channel");
        await running.App.KillAsync();
        await running.App.RestartAsync();

        var ended = await EndedAsync(running);
        // The page that was done again found less: what it had settled before the process was killed does not wait any more.
        Assert.Equal("Completed", ended.GetProperty("status").GetString());
        Assert.InRange(ended.GetProperty("looked").GetInt32(), 1_400, 1_500);
        Assert.Equal(new Dictionary<(string, string), int> { [("data.quantity", "discarded")] = 1_500 }, await CountsAsync(running));
        // A decision and the head of its chain for each: none is missing, and what was done again was not decided again.
        Assert.Contains("Decisions 3000,", await running.FootprintAsync(), StringComparison.Ordinal);
    }
}
