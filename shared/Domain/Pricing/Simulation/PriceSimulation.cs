using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Pricing.Deciding;
using static Stockgate.Domain.Pricing.Deciding.PriceWords;

namespace Stockgate.Domain.Pricing.Simulation;

/// <summary>
/// Replays a history through the policy, day by day: every price is decided from what was known on the day's morning, and customers
/// answer it by sales × (simulated price ÷ the history's) to the power of an elasticity. That elasticity is an assumption, so the replay
/// is made with the stronger end of its interval, its value and the weaker end: the result is a range, and no more than that. A person is
/// taken to say yes to whatever is asked, and to let a stopped category go on with the next decisions.
/// </summary>
public static class PriceSimulation
{
    /// <exception cref="ArgumentException">The settings don't fit the history.</exception>
    /// <exception cref="OperationCanceledException">It was asked to end.</exception>
    public static PriceSimulationResult Run(
        SalesHistory history,
        SimulationSettings settings,
        IProgress<double>? progress = null,
        CancellationToken cancelled = default
    ) => Run(history, settings, null, progress, cancelled);

    internal static PriceSimulationResult Run(
        SalesHistory history,
        SimulationSettings settings,
        Action<int, int, decimal>? seen,
        IProgress<double>? progress,
        CancellationToken cancelled
    )
    {
        if (settings.FromDay < SimulatedSeries.Window || settings.FromDay >= history.Days)
            throw new ArgumentException(
                $"Prices are decided from day {settings.FromDay}; {SimulatedSeries.Window} to {history.Days - 1} are possible.",
                nameof(settings)
            );
        if (settings.Every < 1)
            throw new ArgumentException($"{settings.Every} days between two decisions; 1 or more are possible.", nameof(settings));
        if (settings.CostShare is <= 0 or >= 1)
            throw new ArgumentException($"A cost of {settings.CostShare} of the price; above 0 and below 1 is possible.", nameof(settings));
        if (
            !(
                settings.Response.Low <= settings.Response.Value
                && settings.Response.Value <= settings.Response.High
                && settings.Response.High < 0
                && settings.Response.Low > -100
            )
        )
            throw new ArgumentException("The response is an interval below 0.", nameof(settings));
        var enough = Enumerable
            .Range(0, history.Series.Count)
            .Where(place => new SimulatedSeries(history, place, settings, settings.Response.Value).Enough)
            .ToList();
        var (days, done) = (3.0 * (history.Days - settings.FromDay), 0);
        double[] responses = [settings.Response.Low, settings.Response.Value, settings.Response.High];
        var runs = responses
            .Select(response =>
                new SimulationReplay(history, settings, response, enough).Run(() => progress?.Report(++done / days), seen, cancelled)
            )
            .ToList();
        var result = new PriceSimulationResult
        {
            First = history.First.AddDays(settings.FromDay),
            Last = history.Last,
            Series = enough.Count,
            LeftOut = history.Series.Count - enough.Count,
            Currency = settings.Currency,
            PolicyVersion = settings.Policy.Version,
            Runs = runs,
            Words = string.Empty,
        };
        return result with { Words = Words(result, settings) };
    }

    private static string Words(PriceSimulationResult r, SimulationSettings settings)
    {
        if (r.Series == 0)
            return $"None of {r.LeftOut} series has {SimulatedSeries.Window} known days before {r.First:yyyy-MM-dd}: there is nothing to replay.";
        var (low, high, middle) = (r.Runs.Min(Gain), r.Runs.Max(Gain), r.Runs[1]);
        var verdict =
            low > 0 ? "whichever of them is true, the policy earns more"
            : high < 0 ? "whichever of them is true, the policy earns less"
            : "whether the policy earns more depends on which of them is true";
        return $"From {r.First:yyyy-MM-dd} to {r.Last:yyyy-MM-dd}, {r.Series} series{(r.LeftOut > 0 ? $" ({r.LeftOut} left out, since too little is known of them before)" : "")}: margin against keeping prices {Share(low)} to {Share(high)} "
            + $"for elasticities from {Number(r.Runs[0].Elasticity)} to {Number(r.Runs[2].Elasticity)}; {verdict}. At {Number(middle.Elasticity)}: margin {Share(Gain(middle))}, revenue {Share(Relative(middle.Moved.Revenue, middle.Kept.Revenue))}, "
            + $"units {Share(Relative(middle.Moved.Units, middle.Kept.Units))}, {middle.Changes} changes ({Number(middle.ChangesPerItem)} a series), {middle.Asked} of them asked first"
            + $"{(middle.WorstItem is { } item ? $"; worst series {item.Name}, {Number(item.Margin)} {r.Currency.Code}" : "")}{(middle.WorstDay is { } day ? $"; worst day {day.Name}, {Number(day.Margin)} {r.Currency.Code}" : "")}. "
            + $"This holds as far as customers follow prices as assumed{(settings.CostOf is null ? $", with a cost of {PriceWords.Share(settings.CostShare)} of the price" : "")}; competitors are not in it.{(middle.Beyond > 0 ? $" On {middle.Beyond} days of a series its price was more than twice or under half of the history's; customers were taken to follow it no further." : "")}";

        static string Share(double value) => double.IsFinite(value) ? Change(value) : "unknown";
    }

    internal static double Gain(SimulatedRun run) => Relative(run.Moved.Margin, run.Kept.Margin);

    internal static double Relative(double to, double from) => from == 0 ? double.NaN : (to - from) / Math.Abs(from);
}
