using MathNet.Numerics.Distributions;

namespace Stockgate.Domain.Forecasting.NewItems;

/// <summary>The launch of an earlier item.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Category">Its category.</param>
/// <param name="Price">What it cost at first, above 0.</param>
/// <param name="Weeks">Units of each of its first weeks at one location or the mean of several, 0 or more; at least one.</param>
public sealed record Launch(Sku Sku, string Category, Money Price, IReadOnlyList<double> Weeks);

/// <summary>A week of a new item.</summary>
/// <param name="Mean">Expected units.</param>
/// <param name="P10">One launch in ten sells less.</param>
/// <param name="P90">Nine in ten sell no more.</param>
public sealed record LaunchWeek(double Mean, double P10, double P90);

/// <summary>A similar launch and its weight, 0 to 1.</summary>
public sealed record SimilarLaunch(Sku Sku, double Weight);

/// <summary>
/// Forecasts the first weeks of a new item from the launches of similar items: same category, prices near its own. Level and curve are
/// taken apart: the level of a launch is its mean week, whose logarithm is normal between launches (t where there are few); the curve is
/// each week's share, which launches have in common.
/// </summary>
/// <param name="Sku">The new item.</param>
/// <param name="Weeks">Empty if nothing is known to go by.</param>
/// <param name="Similar">What it rests on, the most similar first.</param>
/// <param name="Words">For a planner.</param>
public sealed record NewItemForecast(Sku Sku, IReadOnlyList<LaunchWeek> Weeks, IReadOnlyList<SimilarLaunch> Similar, string Words)
{
    /// <summary>Fewer similar launches don't tell their category's spread.</summary>
    private const int Few = 3;

    /// <summary>A price off by this factor's logarithm counts 0.61 of the same price.</summary>
    private const double PriceSpread = 0.3;

    /// <summary>The least deviation of ln(level) between launches: two that happened to agree don't make the next one sure.</summary>
    private const double LeastSpread = 0.25;

    /// <param name="sku">The new item.</param>
    /// <param name="category">Its category.</param>
    /// <param name="price">Its price, above 0.</param>
    /// <param name="launches">Earlier ones; those in another currency are left out.</param>
    /// <param name="weeks">Weeks to forecast, at least 1. Behind the end of the known curves their last week goes on.</param>
    public static NewItemForecast Of(Sku sku, string category, Money price, IReadOnlyList<Launch> launches, int weeks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weeks, 1);
        if (price.Amount <= 0)
            throw new ArgumentOutOfRangeException(nameof(price), price, "A new item's price is above 0.");
        var comparable = launches
            .Where(l => l.Sku != sku && l.Price.Currency == price.Currency && l.Price.Amount > 0 && l.Weeks.Count > 0)
            .ToList();
        var same = comparable.Where(l => l.Category == category && category.Length > 0).ToList();
        var used = same.Count >= Few ? same : comparable;
        if (used.Count == 0)
            return new NewItemForecast(sku, [], [], $"No comparable earlier launch is known for {sku}; enter an expectation");
        var weights = used.Select(l =>
                Math.Exp(-0.5 * Square(Math.Log((double)(l.Price.Amount / price.Amount)) / PriceSpread))
                    * (l.Category == category ? 1 : 0.25)
                + 1e-6
            )
            .ToArray();
        var sum = weights.Sum();
        for (var i = 0; i < weights.Length; i++)
            weights[i] /= sum;
        // Kish's effective number: ten launches of which one counts are one.
        var effective = 1 / weights.Sum(Square);
        var levels = used.Select(Level).ToArray();
        var centre = Mean(weights, i => Math.Log(levels[i]));
        var within = effective <= 1.001 ? 1 : Mean(weights, i => Square(Math.Log(levels[i]) - centre)) * effective / (effective - 1);
        var spread = Math.Sqrt(Math.Max(LeastSpread * LeastSpread, within) * (1 + 1 / effective));
        var t = StudentT.InvCDF(0, 1, Math.Max(1, effective - 1), 0.9);
        var mean = Mean(weights, i => levels[i]);
        var figures = Enumerable
            .Range(0, weeks)
            .Select(week => Share(used, weights, levels, week))
            .Select(share => new LaunchWeek(
                share * mean,
                share * Math.Min(mean, Math.Exp(centre - t * spread)),
                share * Math.Max(mean, Math.Exp(centre + t * spread))
            ))
            .ToArray();
        var similar = used.Select((l, i) => new SimilarLaunch(l.Sku, weights[i]))
            .OrderByDescending(static s => s.Weight)
            .ThenBy(static s => s.Sku.Value, StringComparer.Ordinal)
            .ToArray();
        return new NewItemForecast(
            sku,
            figures,
            similar,
            $"{sku} is forecast by {used.Count} earlier {(used.Count == 1 ? "launch" : "launches")}{(used == same ? $" in {category}" : $" of all categories ({same.Count} in {(category.Length > 0 ? category : "its own")} are too few)")}, "
                + $"of which about {effective:0.#} count at its price of {price}: {mean:0.#} units in an average week, {figures[0].P10:0.#} to {figures[0].P90:0.#} in the first{(effective < Few ? "; few launches, so the forecast is uncertain" : "")}"
        );

        double Mean(double[] w, Func<int, double> of) => w.Select((x, i) => x * of(i)).Sum();
    }

    // A launch that sold nothing has a level too: half a unit in all, the least that its weeks could tell from nothing.
    private static double Level(Launch launch) => Math.Max(launch.Weeks.Sum(), 0.5) / launch.Weeks.Count;

    private static double Share(List<Launch> launches, double[] weights, double[] levels, int week)
    {
        double share = 0,
            weight = 0;
        var last = launches.Max(static l => l.Weeks.Count) - 1;
        for (var i = 0; i < launches.Count; i++)
            if (launches[i].Weeks is var curve && Math.Min(week, last) < curve.Count)
                (share, weight) = (share + weights[i] * curve[Math.Min(week, last)] / levels[i], weight + weights[i]);
        return share / weight;
    }

    private static double Square(double x) => x * x;
}
