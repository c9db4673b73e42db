using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Promotions.Live;

/// <summary>A place that may give stock to a region that runs short.</summary>
/// <param name="Region">The region.</param>
/// <param name="Warehouse">Null for any place of the region.</param>
/// <param name="Available">Units that it can promise now.</param>
/// <param name="StillNeeded">Units that it will itself sell until the window ends.</param>
public sealed record StockDonor(RegionId Region, LocationId? Warehouse, Quantity Available, Quantity StillNeeded);

/// <summary>An item in stock by the ledger without sales.</summary>
public sealed record UnsoldItem(Sku Sku, LocationId Location, Quantity Stock);

/// <summary>What a region's pace is judged from.</summary>
/// <param name="Sales">The region's figures.</param>
/// <param name="BusiestChannel">The channel that sells most there; null if that is not known.</param>
/// <param name="DiscountRoom">Percentage points by which the discount can be deepened above the margin floor; 0 for not at all.</param>
public sealed record PaceInput(RegionSales Sales, SalesChannelId? BusiestChannel = null, decimal DiscountRoom = 0)
{
    public IReadOnlyList<StockDonor> Donors { get; init; } = [];

    /// <summary>The likeliest to be phantom stock first.</summary>
    public IReadOnlyList<UnsoldItem> Unsold { get; init; } = [];
}

/// <summary>Compares a region's sales pace with the plan.</summary>
public static class PaceWatch
{
    /// <returns>Null if nothing is wrong, or too little has happened to say.</returns>
    public static Anomaly? Judge(PaceInput input, MonitorLimits limits)
    {
        var pace = SellThrough.Of(input.Sales);
        if (pace.Sold == Quantity.Zero)
            return pace.Expected.Value >= limits.NoSalesExpected && pace.Expected.Value > 0 ? NoSales(input, pace, limits) : null;
        if (pace.Elapsed < limits.MinimumElapsed || pace.Expected.Value < limits.MinimumExpected || pace.Ratio is not { } ratio)
            return null;
        var shortShare = pace.Forecast == Quantity.Zero ? 0 : pace.Short.Value / pace.Forecast.Value;
        if (ratio >= limits.FastRatio || (shortShare > 0 && shortShare >= limits.ShortShare))
            return TooFast(input, pace, limits);
        return ratio <= limits.SlowRatio ? TooSlow(input, pace, limits) : null;
    }

    private static Anomaly TooFast(PaceInput input, SellThrough pace, MonitorLimits limits)
    {
        var actions = new List<RecommendedAction>();
        var left = TimeLeft(input.Sales);
        if (pace.Short > Quantity.Zero)
        {
            actions.AddRange(Moves(input, pace.Short, limits));
            if (pace.Stock == Quantity.Zero)
                actions.Add(
                    new EndPromotion(pace.Region, "Available to promise is 0 there: every further order would have to be cancelled.")
                );
            else if (input.BusiestChannel is { } channel && left > TimeSpan.Zero)
                actions.Add(
                    new ThrottleChannel(
                        channel,
                        pace.Region,
                        new(decimal.Round(pace.Stock.Value / (decimal)left.TotalHours, 2)),
                        $"{channel} sells most there; at this pace the stock lasts until the window ends."
                    )
                );
        }
        var reason =
            pace.Short > Quantity.Zero
                ? $"{pace.Region} sells {Figures.Number(decimal.Round(pace.PerHour, 1))} units an hour and has {Figures.Units(pace.Stock)} left, which last {(pace.EndsAfter is { } ends ? Figures.Hours(ends) : "as they are")} of the remaining {Figures.Hours(left)}. Expected lost sales: {Figures.Units(Whole(pace.Short))}."
                : $"{pace.Region} sells {Figures.Number(decimal.Round(pace.Ratio ?? 0, 2))} times the expected units. The stock lasts until the window ends.";
        return new Anomaly(
            AnomalyKind.TooFast,
            $"region {pace.Region}",
            $"{Figures.Units(Whole(pace.Sold))} sold",
            $"{Figures.Units(Whole(pace.Expected))} by now",
            $"{Figures.Number(limits.FastRatio)} times the expected, or {Figures.Percent(limits.ShortShare * 100)} of the demand without stock",
            reason,
            new Exposure(pace.Short, Lost(input.Sales, pace.Short)),
            actions
        );
    }

    private static Anomaly TooSlow(PaceInput input, SellThrough pace, MonitorLimits limits)
    {
        var (missing, actions) = (Missing(pace), Slow(input, pace, limits));
        return new Anomaly(
            AnomalyKind.TooSlow,
            $"region {pace.Region}",
            $"{Figures.Units(Whole(pace.Sold))} sold",
            $"{Figures.Units(Whole(pace.Expected))} by now",
            $"{Figures.Number(limits.SlowRatio)} times the expected",
            $"{pace.Region} has sold {Figures.Percent((pace.Ratio ?? 0) * 100)} of the expected units by now. At this pace it ends {Figures.Units(Whole(missing))} below plan.",
            new Exposure(missing, Lost(input.Sales, missing)),
            actions
        );
    }

    private static Anomaly NoSales(PaceInput input, SellThrough pace, MonitorLimits limits)
    {
        var (missing, actions) = (Missing(pace), new List<RecommendedAction>());
        foreach (var item in input.Unsold.Take(Worst.Shown))
            actions.Add(
                new Recount(
                    item.Sku,
                    item.Location,
                    $"The ledger shows {Figures.Units(item.Stock)} there and no sale: check that they are there, on the shelf and at the right price."
                )
            );
        actions.AddRange(Slow(input, pace, limits));
        return new Anomaly(
            AnomalyKind.NoSales,
            $"region {pace.Region}",
            "0 units sold",
            $"{Figures.Units(Whole(pace.Expected))} by now",
            $"{Figures.Units(new(limits.NoSalesExpected))} expected and none sold",
            $"{pace.Region} has no sales, with {Figures.Units(Whole(pace.Expected))} expected by now: the offer may not be shown, or the goods may be missing.",
            new Exposure(missing, Lost(input.Sales, missing)),
            actions
        );
    }

    private static List<RecommendedAction> Slow(PaceInput input, SellThrough pace, MonitorLimits limits)
    {
        if (pace.Stock == Quantity.Zero)
            return
            [
                .. Moves(input, Missing(pace), limits),
                new EndPromotion(pace.Region, "Available to promise is 0 there: sales are slow because the region is out of stock."),
            ];
        var points = Math.Min(limits.DeepenStep, input.DiscountRoom);
        return points > 0
            ?
            [
                new DeepenDiscount(
                    pace.Region,
                    points,
                    $"The margin floor allows {Figures.Number(input.DiscountRoom)} more percentage points."
                ),
            ]
            : [new EndPromotion(pace.Region, "The margin floor allows no deeper discount, and this one does not sell.")];
    }

    private static IEnumerable<MoveStock> Moves(PaceInput input, Quantity wanted, MonitorLimits limits)
    {
        var open = decimal.Ceiling(wanted.Value);
        var spare = input
            .Donors.Where(d => d.Region != input.Sales.Region)
            .Select(d => (Donor: d, Units: decimal.Floor(d.Available.Value - Math.Max(0, d.StillNeeded.Value) * limits.DonorCover)));
        foreach (
            var (donor, units) in spare
                .Where(static s => s.Units > 0)
                .OrderByDescending(static s => s.Units)
                .ThenBy(static s => s.Donor.Region.Value, StringComparer.Ordinal)
                .ThenBy(static s => s.Donor.Warehouse?.Value, StringComparer.Ordinal)
        )
        {
            if (open <= 0)
                yield break;
            var moved = Math.Min(open, units);
            open -= moved;
            yield return new MoveStock(
                donor.Region,
                donor.Warehouse,
                input.Sales.Region,
                new(moved),
                $"{donor.Warehouse?.Value ?? donor.Region.Value} has {Figures.Units(donor.Available)} and needs {Figures.Units(Whole(donor.StillNeeded))} itself; after keeping {Figures.Number(limits.DonorCover)} times that, it can spare {Figures.Units(new(units))}."
            );
        }
    }

    // If it goes on like this: the plan less the forecast.
    private static Quantity Missing(SellThrough pace) => Quantity.Max(Quantity.Zero, pace.Planned - pace.Forecast);

    private static TimeSpan TimeLeft(RegionSales sales) => sales.Window.End > sales.Now ? sales.Window.End - sales.Now : TimeSpan.Zero;

    // A unit that is not sold costs its margin; where the cost is not known, its price is the most that it can cost.
    private static Money? Lost(RegionSales sales, Quantity units) =>
        sales.UnitMargin is { } margin ? (margin.Amount > 0 ? margin : Money.Zero(margin.Currency)) * units : sales.UnitPrice * units;

    private static Quantity Whole(Quantity units) => new(decimal.Ceiling(units.Value));
}
