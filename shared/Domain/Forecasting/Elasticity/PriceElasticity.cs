using MathNet.Numerics.Distributions;

namespace Stockgate.Domain.Forecasting.Elasticity;

/// <summary>Sales of an item at a price in one period at one location.</summary>
/// <param name="Group">The store or series, whose own level is taken out.</param>
/// <param name="Cluster">What goes wrong together: the store, or the week. The interval is only as good as there are many.</param>
/// <param name="Units">Above 0.</param>
/// <param name="Price">Above 0.</param>
/// <param name="Controls">
/// What else moved sales, such as a deal, a feature in a leaflet, ln of a competitor's price, or the season; the same number for every one.
/// </param>
public sealed record PricePoint(string Group, string Cluster, double Units, double Price, double[] Controls);

/// <summary>
/// By how many percent sales change when the price rises by one percent: ln(units) on ln(price) within stores or series. Only negative
/// values are plausible: if the data give a positive one, the price moved with an unobserved cause, and the mean of the interval's part
/// below zero is used.
/// </summary>
/// <param name="Value">Below 0.</param>
/// <param name="Low">The stronger end of the interval of 95 %.</param>
/// <param name="High">The weaker end, below 0.</param>
/// <param name="Measured">As it was measured, before it was drawn to its category's and cut; null if nothing could be.</param>
/// <param name="Own">How much of it is the item's own, 0 to 1; the rest is its category's.</param>
/// <param name="Points">What it was learned from.</param>
/// <param name="Words">For a planner.</param>
public sealed record PriceElasticity(double Value, double Low, double High, Estimate? Measured, double Own, int Points, string Words)
{
    /// <summary>
    /// A stronger figure is not the price alone: −2.6 is the mean of 1,851 that were published (Bijmolt, van Heerde, Pieters 2005,
    /// Journal of Marketing Research 42).
    /// </summary>
    private const double Strongest = -10;

    /// <summary>Sales at another price as a factor of those at this one.</summary>
    /// <param name="from">Above 0.</param>
    /// <param name="to">Above 0, in the same currency.</param>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public double Factor(Money from, Money to)
    {
        if ((from - to).Currency != from.Currency || from.Amount <= 0 || to.Amount <= 0)
            throw new ArgumentOutOfRangeException(nameof(to), to, $"Prices must be above 0; the other price is {from}.");
        return Math.Exp(Value * Math.Log((double)(to.Amount / from.Amount)));
    }

    /// <summary>Measures it; the error is clustered.</summary>
    /// <returns>Null if the points don't tell: no price moved within a group, or too few of them.</returns>
    public static Estimate? Measure(IReadOnlyList<PricePoint> points) =>
        Regression(points) is { } fit && fit.Variances[0] is > 0 and < double.PositiveInfinity
            ? new Estimate(fit.Coefficients[0], fit.Variances[0] * Widened(fit.Clusters))
            : null;

    /// <summary>ln(units) by ln(price) first, then the controls.</summary>
    /// <exception cref="ArgumentException">Units or a price are not above 0.</exception>
    public static PanelRegression? Regression(IReadOnlyList<PricePoint> points)
    {
        if (points.FirstOrDefault(static p => !(p.Units > 0 && p.Price > 0)) is { } wrong)
            throw new ArgumentException(
                $"{wrong.Group}: {wrong.Units} units at {wrong.Price}; both must be above 0, because their logarithms are used.",
                nameof(points)
            );
        return PanelRegression.Fit([
            .. points.Select(static p => new PanelLine(p.Group, p.Cluster, Math.Log(p.Units), [Math.Log(p.Price), .. p.Controls])),
        ]);
    }

    /// <summary>Of one item by itself.</summary>
    /// <returns>Null if the points don't tell.</returns>
    public static PriceElasticity? Of(IReadOnlyList<PricePoint> points) =>
        Measure(points) is { } measured ? Cut(measured, measured, 1, points.Count, "its own sales") : null;

    /// <summary>
    /// Of the items of a category, each drawn towards the category's by how sure both are. One whose prices never moved gets the
    /// category's.
    /// </summary>
    /// <returns>In the order of the items; null for all of them where no item's points tell.</returns>
    public static IReadOnlyList<PriceElasticity?> OfCategory(string category, IReadOnlyList<IReadOnlyList<PricePoint>> items)
    {
        var measured = items.Select(Measure).ToArray();
        var known = measured.OfType<Estimate>().ToList();
        if (known.Count == 0)
            return new PriceElasticity?[items.Count];
        return
        [
            .. measured.Select(
                (own, i) =>
                {
                    // Without the item itself: it would else confirm its own figure.
                    var others = known.Where((_, k) => own is null || k != measured.Take(i).Count(static m => m is not null)).ToList();
                    if (others.Count == 0)
                        return Cut(own!.Value, own, 1, items[i].Count, "its own sales");
                    var expected = Shrinkage.Group(others, LeastBetween).Unseen;
                    if (own is not { } mine)
                        return Cut(expected, null, 0, items[i].Count, $"{others.Count} others in {category}");
                    var (drawn, share) = Shrinkage.Towards(mine, expected);
                    return Cut(drawn, mine, share, items[i].Count, $"its own sales ({share:P0}) and {others.Count} others in {category}");
                }
            ),
        ];
    }

    /// <summary>Items of a category differ by half a percent at least; few that agree don't prove otherwise.</summary>
    private const double LeastBetween = 0.25;

    // With few clusters the error is itself uncertain: the normal interval is widened to the t's of clusters − 1.
    private static double Widened(int clusters) => Math.Pow(StudentT.InvCDF(0, 1, clusters - 1, 0.975) / Normal.InvCDF(0, 1, 0.975), 2);

    // The normal distribution of the estimate, cut to what demand can do.
    private static PriceElasticity Cut(Estimate estimate, Estimate? measured, double own, int points, string from)
    {
        var (mean, deviation) = (estimate.Value, estimate.Deviation);
        var (below, above) = (Normal.CDF(mean, deviation, Strongest), Normal.CDF(mean, deviation, 0));
        double At(double share) =>
            Math.Clamp(above - below < 1e-12 ? mean : Normal.InvCDF(mean, deviation, below + share * (above - below)), Strongest, -1e-6);
        var value =
            above - below < 1e-12
                ? Math.Clamp(mean, Strongest, -1e-6)
                : Math.Clamp(
                    mean
                        - deviation
                            * (Normal.PDF(0, 1, -mean / deviation) - Normal.PDF(0, 1, (Strongest - mean) / deviation))
                            / (above - below),
                    Strongest,
                    -1e-6
                );
        var doubtful = measured is { Value: >= 0 } wrong
            ? $" Its own sales rose with its price ({wrong.Value:0.0#}), which has another cause; the part of the interval below zero is used."
            : "";
        return new PriceElasticity(
            value,
            At(0.025),
            At(0.975),
            measured,
            own,
            points,
            $"A price 1 % higher sells {-value:0.0#} % less ({-At(0.975):0.0#} to {-At(0.025):0.0#} %), by {from}, {points} points.{doubtful}"
        );
    }
}
