using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Runs;

/// <summary>
/// Runs over all prices: <c>prices-20261122-023500</c>, <c>dry-run-…</c>, <c>simulation-…</c>, in the table <c>PriceRuns</c>.
/// </summary>
public sealed class PriceRuns(StateTables tables, TimeProvider time) : RunLog(tables.PriceRuns, time, Prices, DryRun, Simulation)
{
    /// <summary>Publishes its decisions.</summary>
    public const string Prices = "prices";

    /// <summary>Shows the changes without publishing.</summary>
    public const string DryRun = "dry-run";

    /// <summary>Replays the history through a policy.</summary>
    public const string Simulation = "simulation";

    /// <summary>Who starts the run after a forecast.</summary>
    public static string ByForecast(string forecast) => $"forecast {forecast}";
}
