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
                $"FromDay is {settings.FromDay}; it must be from {SimulatedSeries.Window} to {history.Days - 1}.",
                nameof(settings)
            );
        if (settings.Every < 1)
            throw new ArgumentException($"Every is {settings.Every} days; it must be 1 or more.", nameof(settings));
        if (settings.CostShare is <= 0 or >= 1)
            throw new ArgumentException($"CostShare is {settings.CostShare}; it must be above 0 and below 1.", nameof(settings));
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
            return $"None of {r.LeftOut} series has {SimulatedSeries.Window} known days before {r.First:yyyy-MM-dd}, so none can be replayed.";
        var (low, high, middle) = (r.Runs.Min(Gain), r.Runs.Max(Gain), r.Runs[1]);
        var verdict =
            low > 0 ? "the policy earns more over this whole range"
            : high < 0 ? "the policy earns less over this whole range"
            : "whether the policy earns more depends on the true elasticity";
        return $"From {r.First:yyyy-MM-dd} to {r.Last:yyyy-MM-dd}, {r.Series} series{(r.LeftOut > 0 ? $" ({r.LeftOut} left out for lack of history)" : "")}: margin compared with unchanged prices {Share(low)} to {Share(high)} "
            + $"for elasticities from {Number(r.Runs[0].Elasticity)} to {Number(r.Runs[2].Elasticity)}; {verdict}. At {Number(middle.Elasticity)}: margin {Share(Gain(middle))}, revenue {Share(Relative(middle.Moved.Revenue, middle.Kept.Revenue))}, "
            + $"units {Share(Relative(middle.Moved.Units, middle.Kept.Units))}, {middle.Changes} changes ({Number(middle.ChangesPerItem)} per series), {middle.Asked} of them with approval"
            + $"{(middle.WorstItem is { } item ? $"; worst series {item.Name}, {Number(item.Margin)} {r.Currency.Code}" : "")}{(middle.WorstDay is { } day ? $"; worst day {day.Name}, {Number(day.Margin)} {r.Currency.Code}" : "")}. "
            + $"The result assumes this response of customers to prices{(settings.CostOf is null ? $", with a cost of {PriceWords.Share(settings.CostShare)} of the price" : "")}; competitors are not simulated.{(middle.Beyond > 0 ? $" On {middle.Beyond} days of a series its price was more than twice or less than half the historical price; the assumed response is capped there." : "")}";

        static string Share(double value) => double.IsFinite(value) ? Change(value) : "unknown";
    }

    internal static double Gain(SimulatedRun run) => Relative(run.Moved.Margin, run.Kept.Margin);

    internal static double Relative(double to, double from) => from == 0 ? double.NaN : (to - from) / Math.Abs(from);
}
