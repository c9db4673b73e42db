using System.Diagnostics;
using System.Globalization;
using System.Text;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Simulation;

namespace Stockgate.Benchmarks.Pricing;

/// <summary>Prices: decisions by the second, and what the policy would have brought in real shops.</summary>
internal static class PriceBenchmark
{
    public static void Run(StringBuilder text)
    {
        Console.WriteLine("deciding prices …");
        var speed = DecisionSpeed.Run();
        Row(text, $"prices decided from memory, {N(DecisionSpeed.Items)} items in channels, decisions/s (aim 100,000)", N(speed.PerSecond));
        Row(
            text,
            "… microseconds of one core for a decision / bytes allocated / prices that move",
            $"{N(speed.MicrosecondsOfCore, "0.0")} / {N(speed.BytesEach)} / {N(speed.Moved)}"
        );
        Replay(text, "orange juice of Dominick's", ReplayedHistories.OrangeJuice, ReplayedHistories.Juice);
        Replay(text, "online shop (UCI)", ReplayedHistories.OnlineRetail, ReplayedHistories.Shop);
    }

    private static void Replay(StringBuilder text, string name, string file, Func<PriceSimulationResult?> run)
    {
        Console.WriteLine($"replaying {name} …");
        var started = Stopwatch.GetTimestamp();
        if (run() is not { } result)
        {
            Console.WriteLine($"../shared/data/{file} is not on this machine: {name} is left out.");
            return;
        }
        Console.WriteLine(result.Words);
        foreach (var r in result.Runs)
        {
            Row(
                text,
                $"{name}, customers' elasticity {N(r.Elasticity, "0.0")}: margin / revenue / units against keeping",
                $"{Share(r.Moved.Margin, r.Kept.Margin)} / {Share(r.Moved.Revenue, r.Kept.Revenue)} / {Share(r.Moved.Units, r.Kept.Units)}"
            );
            Row(
                text,
                "… changes / of them raised / asked / by series / lowest margin share",
                $"{N(r.Changes)} / {N(r.Raised)} / {N(r.Asked)} / {N(r.ChangesPerItem, "0.0")} / {(r.LowestMarginShare is { } lowest ? N(lowest, "0.000") : "–")}"
            );
            Row(
                text,
                "… worst series / worst day, margin against keeping",
                $"{(r.WorstItem is { } item ? $"{item.Name} {N(item.Margin)}" : "none lost")} / {(r.WorstDay is { } day ? $"{day.Name} {N(day.Margin)}" : "none lost")}"
            );
            Row(
                text,
                "… held by",
                string.Join(", ", r.Held.OrderByDescending(static h => h.Value).Select(static h => $"{h.Key} {N(h.Value)}"))
            );
        }
        Row(
            text,
            $"… {result.Series} series, {N(result.Runs.Sum(static r => (double)r.Decisions))} decisions, s",
            N(Stopwatch.GetElapsedTime(started).TotalSeconds, "0.0")
        );
    }

    private static void Row(StringBuilder text, string name, string figure) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {figure} | | |");

    private static string N(double value, string format = "#,##0") => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Share(double to, double from) =>
        from == 0 ? "–" : ((to - from) / Math.Abs(from) * 100).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " %";
}
