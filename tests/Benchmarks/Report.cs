using System.Globalization;
using System.Text;
using Stockgate.Benchmarks.Forecasts;
using Stockgate.Demo.Local;
using Stockgate.Demo.Posting;
using Stockgate.Local.Run;
using Stockgate.TestSupport;

namespace Stockgate.Benchmarks;

/// <summary>Runs the parts and writes their rows of the table.</summary>
internal static class Report
{
    private const int ProjectedOrders = 12_000,
        BareTransactions = 400;

    public static async Task AcceptAsync(StringBuilder text, string root, string state)
    {
        await using var azurite = await AzuriteProcess.StartAsync(root);
        foreach (var projecting in new[] { false, true })
        {
            Console.WriteLine($"accepting, projection {(projecting ? "on" : "paused")} …");
            var settings = Settings(Path.Combine(state, projecting ? "accept-project" : "accept"), azurite, projecting);
            await using var app = await LocalApp.StartAsync(settings);
            await using var empty = await LocalApp.StartAsync(EmptyApp.Settings(Path.Combine(state, "empty"), azurite));
            var accepted = await AcceptBenchmark.RunAsync(app, empty, new Events(settings));
            var when = projecting ? "while projecting" : "projection paused";
            Row(
                text,
                $"accept single events, {when}, requests/s",
                N(accepted.Single.RequestsPerSecond),
                $"{N(accepted.Empty.RequestsPerSecond)} (empty HTTP function, same host)",
                accepted.ToEmpty
            );
            Row(
                text,
                string.Empty,
                string.Empty,
                $"{N(accepted.Bare.RequestsPerSecond)} (bare Kestrel endpoint that only computes the HMAC)",
                accepted.ToBare
            );
            Row(text, "… p50 / p95 / p99, ms", Latencies(accepted.Single), Latencies(accepted.Empty), null);
            Row(
                text,
                $"accept batches of {EventBatch.Records}, {when}, records/s",
                N(accepted.BatchedRecordsPerSecond),
                string.Empty,
                null
            );
        }
    }

    public static async Task ProjectAsync(StringBuilder text, string root, string state)
    {
        Console.WriteLine("projecting …");
        // Of its own: Azurite writes a row again the slower the more rows its table has.
        await using var azurite = await AzuriteProcess.StartAsync(root);
        var paused = Settings(Path.Combine(state, "project"), azurite, projecting: false);
        await using (var app = await LocalApp.StartAsync(paused))
        {
            using var poster = new WebhookPoster(app.BaseAddress, paused, twice: false, TimeProvider.System);
            for (var batch = 0; batch < ProjectedOrders / EventBatch.Records; batch++)
                await poster.PostAsync(Events.Batch(batch), CancellationToken.None);
        }
        await ProjectBenchmark.BareAsync(azurite.ConnectionString, 40);
        var (seconds, rows) = await ProjectBenchmark.ProjectAsync(
            Settings(Path.Combine(state, "project"), azurite, projecting: true),
            azurite.ConnectionString
        );
        var (bareNew, bareAgain) = await ProjectBenchmark.BareAsync(azurite.ConnectionString, BareTransactions);
        Row(text, "project a backlog of orders into Azurite, records/s", N(ProjectedOrders / seconds), string.Empty, null);
        Row(
            text,
            "… new table rows/s",
            N(rows / seconds),
            $"{N(bareNew)} (bare transactions of 100 upserts, new rows)",
            rows / seconds / bareNew
        );
        Row(text, string.Empty, string.Empty, $"{N(bareAgain)} (the same, rows written again)", rows / seconds / bareAgain);
        Console.WriteLine("visibility …");
        var looked = Settings(Path.Combine(state, "visible"), azurite, projecting: true);
        await using var visible = await LocalApp.StartAsync(looked);
        var (p50, p95) = await VisibilityBenchmark.RunAsync(visible, new Events(looked), azurite.ConnectionString);
        Row(text, "event accepted to visible, 50 events/s over all buckets, p50 / p95, ms", $"{N(p50)} / {N(p95)}", string.Empty, null);
    }

    public static async Task DurableAsync(StringBuilder text, string root, string state)
    {
        Console.WriteLine("orchestrating …");
        var requests = 0L;
        await using var azurite = await AzuriteProcess.StartAsync(
            root,
            new AzuriteOptions
            {
                LogsRequests = true,
                Output = (_, line) => requests += line.Contains(" HTTP/1.1\"", StringComparison.Ordinal) ? 1 : 0,
            }
        );
        await using var app = await LocalApp.StartAsync(EmptyApp.Settings(state, azurite));
        var durable = new DurableBenchmark(app);
        var idle = requests;
        await Task.Delay(TimeSpan.FromSeconds(20));
        var perIdleSecond = (requests - idle) / 20.0;
        var (before, started) = (requests, System.Diagnostics.Stopwatch.GetTimestamp());
        var (perSecond, activities) = await durable.FivesAsync();
        var busy = requests - before - perIdleSecond * System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;
        Row(
            text,
            "storage requests of an orchestration of five activities, without what an idle host asks",
            N(busy / DurableBenchmark.Started, "0.0"),
            string.Empty,
            null
        );
        Row(text, "… of an idle host, per second", N(perIdleSecond, "0.0"), string.Empty, null);
        Row(text, "orchestrations of five activities, per second", N(perSecond, "0.0"), string.Empty, null);
        Row(text, "… activities/s", N(activities, "0.0"), string.Empty, null);
        var (p50, p95) = await durable.EventsAsync();
        Row(text, "external event to completed orchestration when idle, p50 / p95, ms", $"{N(p50)} / {N(p95)}", string.Empty, null);
    }

    public static async Task BrokerAsync(string root, string state)
    {
        Console.WriteLine("sending and receiving …");
        await using var azurite = await AzuriteProcess.StartAsync(root);
        await using var app = await LocalApp.StartAsync(Settings(state, azurite, projecting: false));
        await Broker.BrokerThroughput.Run(app.ServiceBusConnection, "channel-events");
    }

    public static async Task PromotionsAsync(StringBuilder text, string root)
    {
        Console.WriteLine("judging promotions …");
        var judged = PromotionBenchmark.Judge(5_000, 200);
        Row(text, "judge 14 gates on 5,000 items × 200 stores, ms", N(judged.Seconds * 1000), string.Empty, null);
        Row(text, "… allocated / process's peak, MiB", $"{N(judged.AllocatedMiB)} / {N(judged.PeakMiB)}", string.Empty, null);
        // At once: the reading goes on for minutes.
        Console.WriteLine(text);
        await using var azurite = await AzuriteProcess.StartAsync(root);
        foreach (var (items, stores) in new[] { (100, 200), (500, 50) })
        {
            Console.WriteLine($"reading {items} × {stores} …");
            var read = await PromotionBenchmark.ReadAsync(azurite.ConnectionString, items, stores);
            Row(
                text,
                $"read the facts of {N(items)} items × {stores} stores from Azurite, s: first look / later ones",
                $"{N(read.FirstSeconds, "0.0")} / {N(read.Seconds, "0.0")}",
                string.Empty,
                null
            );
            Row(
                text,
                "… rows/s / judging them, ms / process's peak, MiB",
                $"{N(read.Rows / read.Seconds)} / {N(read.JudgeSeconds * 1000)} / {N(read.PeakMiB)}",
                string.Empty,
                null
            );
        }
    }

    /// <param name="text">The table.</param>
    /// <param name="root">The repository.</param>
    /// <param name="days">Days of the M5 subset that are known.</param>
    public static void Forecasts(StringBuilder text, string root, int days)
    {
        if (SharedData.Find(M5.Folder) is null)
        {
            Console.WriteLine($"../shared/data/{M5.Folder} is not on this machine: forecasts are left out.");
            return;
        }
        // First of all: its memory is measured.
        var race = TreeRace.Run(root);
        Console.WriteLine($"a whole run on {days} days …");
        var run = M5Run.Run(root, days);
        Console.WriteLine($"{run.Scores}Forecasts as CSV: {run.Folder}");
        Row(
            text,
            "whole run on the M5 subset: three months tested, learned, chosen, forecast, explained, s",
            N(run.Seconds, "0.0"),
            string.Empty,
            null
        );
        foreach (var line in run.Scores.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Row(text, $"… {line}", string.Empty, string.Empty, null);
        Console.WriteLine("baselines …");
        foreach (var (method, perSecond, wrmsse) in BaselineSpeed.Run())
            Row(text, $"{method}, series/s (WRMSSE {N(wrmsse, "0.0000")})", N(perSecond), string.Empty, null);
        Row(text, $"bins of {N(TreeRace.Rows)} rows × {TreeRace.Features} features, s", N(race.BinSeconds, "0.0"), string.Empty, null);
        foreach (var leg in race.Legs)
        {
            Row(
                text,
                $"{leg.Loss}: {TreeRace.Rounds} rounds × {TreeRace.Leaves} leaves, s",
                N(leg.Seconds, "0.0"),
                leg.Other is { } other ? $"{N(other.Seconds, "0.0")} (XGBoost hist, 2 threads)" : string.Empty,
                leg.Other?.Seconds / leg.Seconds
            );
            Row(
                text,
                "… predicted rows/s",
                N(leg.RowsPerSecond),
                leg.Other is { } same ? N(same.RowsPerSecond) : string.Empty,
                leg.RowsPerSecond / leg.Other?.RowsPerSecond
            );
        }
        Row(text, "predicted rows/s with 150 trees of 32 leaves, which a run has", N(race.SmallRowsPerSecond), string.Empty, null);
        Row(text, "process's memory while training, MiB (2 bytes a cell are 88)", N(race.PeakMiB), string.Empty, null);
    }

    private static AppSettings Settings(string state, AzuriteProcess azurite, bool projecting)
    {
        var settings = AppSettings.For(state, Ports.Free(), azurite.ConnectionString);
        // Accepting alone: projecting has figures of its own, and Azurite would take the second core meanwhile.
        for (var number = 1; !projecting && number <= 4; number++)
            settings.Environment[$"AzureWebJobs.ProjectChannelEvents{number}.Disabled"] = "true";
        return settings;
    }

    private static void Row(StringBuilder text, string what, string figure, string ceiling, double? ratio) =>
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {what} | {figure} | {ceiling} | {(ratio is { } r ? $"**{N(r, "0.00")}**" : string.Empty)} |"
        );

    private static string Latencies(LoadResult load) => $"{N(load.P50, "0.0")} / {N(load.P95, "0.0")} / {N(load.P99, "0.0")}";

    private static string N(double value, string format = "#,0") => value.ToString(format, CultureInfo.InvariantCulture);
}
