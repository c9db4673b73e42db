using Stockgate.Local.Run;
using Stockgate.Benchmarks.Forecasts;
using Stockgate.TestSupport;
using System.Globalization;
using System.Text;
using Stockgate.Demo.Local;
using Stockgate.Demo.Posting;

namespace Stockgate.Benchmarks;

/// <summary>Runs the parts and writes their rows of the table.</summary>
internal static class Report
{
    private const int ProjectedOrders = 12_000, BareTransactions = 400;

    public static async Task AcceptAsync(StringBuilder text, string root, string state, AzuriteProcess azurite)
    {
        Console.WriteLine("accepting …");
        var settings = Settings(root, Path.Combine(state, "accept"), azurite);
        await using var app = await LocalApp.StartAsync(settings);
        var accepted = await AcceptBenchmark.RunAsync(app, new Events(settings));
        Row(text, "accept single events, requests/s", N(accepted.Single.RequestsPerSecond), $"{N(accepted.Bare.RequestsPerSecond)} (bare Kestrel endpoint that only computes the HMAC)", accepted.Ratio);
        Row(text, "… p50 / p95 / p99, ms", Latencies(accepted.Single), Latencies(accepted.Bare), null);
        Row(text, $"accept batches of {EventBatch.Records}, records/s", N(accepted.BatchedRecordsPerSecond), string.Empty, null);
    }

    public static async Task ProjectAsync(StringBuilder text, string root, string state, AzuriteProcess azurite)
    {
        Console.WriteLine("projecting …");
        var projecting = Settings(root, Path.Combine(state, "project"), azurite);
        await using (var app = await LocalApp.StartAsync(projecting))
        {
            using var poster = new WebhookPoster(app.BaseAddress, projecting, twice: false, TimeProvider.System);
            for (var batch = 0; batch < ProjectedOrders / EventBatch.Records; batch++) await poster.PostAsync(Events.Batch(batch), CancellationToken.None);
        }
        await ProjectBenchmark.BareAsync(azurite.ConnectionString, 40);
        var (seconds, rows) = await ProjectBenchmark.ProjectAsync(projecting);
        var (bareNew, bareAgain) = await ProjectBenchmark.BareAsync(azurite.ConnectionString, BareTransactions);
        Row(text, "project orders into Azurite, records/s", N(ProjectedOrders / seconds), string.Empty, null);
        Row(text, "… table rows written/s", N(rows / seconds), $"{N(bareNew)} (bare transactions of 100 upserts, new rows)", rows / seconds / bareNew);
        Row(text, string.Empty, string.Empty, $"{N(bareAgain)} (the same, rows written again)", rows / seconds / bareAgain);
    }

    public static async Task DurableAsync(StringBuilder text, string folder)
    {
        Console.WriteLine("orchestrating …");
        var durable = new DurableBenchmark(folder);
        Rate(text, "orchestrations of five activities, per second", await durable.FivesAsync());
        Rate(text, "activities/s, fan-out of 1,000", await durable.FanOutAsync());
        Rate(text, "external events/s to one instance", await durable.EventsAsync());
        var (p50, p99) = await durable.ResumeAsync();
        Row(text, "event to resumed code when idle, p50 / p99, ms", $"{N(p50, "0.0")} / {N(p99, "0.0")}", string.Empty, null);
        var (few, many, ratio) = await durable.GrowthAsync();
        Row(text, "orchestrations/s beside 100,000 stored ones", N(many), $"{N(few)} (beside 1,000)", ratio);
        Row(text, "going on after a cold replay of 10,000 events, ms", N(await durable.ColdReplayAsync()), string.Empty, null);
        var (before, with) = await durable.BacklogAsync();
        Row(text, "heap with 100,000 instances waiting for their activities, MiB", N(with, "0.0"), $"{N(before, "0.0")} (with none)", null);
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
            Row(text, $"read the facts of {N(items)} items × {stores} stores from Azurite, s: first look / later ones", $"{N(read.FirstSeconds, "0.0")} / {N(read.Seconds, "0.0")}", string.Empty, null);
            Row(text, "… rows/s / judging them, ms / process's peak, MiB", $"{N(read.Rows / read.Seconds)} / {N(read.JudgeSeconds * 1000)} / {N(read.PeakMiB)}", string.Empty, null);
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
        Row(text, "whole run on the M5 subset: three months tested, learned, chosen, forecast, explained, s", N(run.Seconds, "0.0"), string.Empty, null);
        foreach (var line in run.Scores.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Row(text, $"… {line}", string.Empty, string.Empty, null);
        Console.WriteLine("baselines …");
        foreach (var (method, perSecond, wrmsse) in BaselineSpeed.Run()) Row(text, $"{method}, series/s (WRMSSE {N(wrmsse, "0.0000")})", N(perSecond), string.Empty, null);
        Row(text, $"bins of {N(TreeRace.Rows)} rows × {TreeRace.Features} features, s", N(race.BinSeconds, "0.0"), string.Empty, null);
        foreach (var leg in race.Legs)
        {
            Row(text, $"{leg.Loss}: {TreeRace.Rounds} rounds × {TreeRace.Leaves} leaves, s", N(leg.Seconds, "0.0"), leg.Other is { } other ? $"{N(other.Seconds, "0.0")} (XGBoost hist, 2 threads)" : string.Empty, leg.Other?.Seconds / leg.Seconds);
            Row(text, "… predicted rows/s", N(leg.RowsPerSecond), leg.Other is { } same ? N(same.RowsPerSecond) : string.Empty, leg.RowsPerSecond / leg.Other?.RowsPerSecond);
        }
        Row(text, "predicted rows/s with 150 trees of 32 leaves, which a run has", N(race.SmallRowsPerSecond), string.Empty, null);
        Row(text, "process's memory while training, MiB (2 bytes a cell are 88)", N(race.PeakMiB), string.Empty, null);
    }

    private static AppSettings Settings(string root, string state, AzuriteProcess azurite)
    {
        var settings = AppSettings.For(state, Ports.Free(), azurite.ConnectionString);
        // Accepting alone: projecting has figures of its own, and Azurite would take the second core meanwhile.
        settings.Environment["AzureWebJobs.ProjectChannelEvents.Disabled"] = "true";
        return settings;
    }

    private static void Rate(StringBuilder text, string what, DurableBenchmark.Rate rate)
    {
        Row(text, what, N(rate.PerSecond), $"{N(rate.Rows)} (the same rows in as many commits, no engine)", rate.PerSecond / rate.Rows);
        Row(text, string.Empty, string.Empty, $"{N(rate.Bytes)} (the same bytes appended to a file, as many flushes)", rate.PerSecond / rate.Bytes);
    }

    private static void Row(StringBuilder text, string what, string figure, string ceiling, double? ratio) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {figure} | {ceiling} | {(ratio is { } r ? $"**{N(r, "0.00")}**" : string.Empty)} |");

    private static string Latencies(LoadResult load) => $"{N(load.P50, "0.0")} / {N(load.P95, "0.0")} / {N(load.P99, "0.0")}";

    private static string N(double value, string format = "#,0") => value.ToString(format, CultureInfo.InvariantCulture);
}
