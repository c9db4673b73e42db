using Stockgate.Domain.Forecasting.Replenishment;

namespace Stockgate.Domain.Forecasting.Transfers;

/// <summary>A location's stock of an item and its need until its next delivery.</summary>
/// <param name="Forecast">Of the item there, from the first day ahead on; see <see cref="ForecastDays.From"/>.</param>
/// <param name="OnHand">What can be promised, units.</param>
/// <param name="CoverDays">Days of the forecast until its own next delivery.</param>
/// <param name="UnitMargin">What a unit sold there leaves.</param>
public sealed record TransferPlace(SeriesForecast Forecast, Quantity OnHand, int CoverDays, Money UnitMargin);

/// <summary>A transfer route.</summary>
/// <param name="From">Where from.</param>
/// <param name="To">Where to.</param>
/// <param name="Days">Until they can be sold there, 0 or more.</param>
/// <param name="PerUnit">What a unit costs.</param>
/// <param name="PerTrip">What a trip costs, whatever it carries.</param>
public sealed record TransferRoute(LocationId From, LocationId To, int Days, Money PerUnit, Money PerTrip);

/// <summary>A recommended stock transfer.</summary>
/// <param name="Sku">The item.</param>
/// <param name="From">The giving location.</param>
/// <param name="To">The receiving location.</param>
/// <param name="Quantity">Units, whole.</param>
/// <param name="Prevented">Units that would be wanted and not there without it, on average, less those that the giver then loses.</param>
/// <param name="Cost">Units and trip.</param>
/// <param name="Saving">Margin of what is prevented less the cost; above 0.</param>
/// <param name="Words">For a planner.</param>
public sealed record TransferRecommendation(
    Sku Sku,
    LocationId From,
    LocationId To,
    Quantity Quantity,
    double Prevented,
    Money Cost,
    Money Saving,
    string Words
)
{
    private const double OwnCover = 0.9;

    /// <summary>
    /// The greatest saving first, again and again, each on the stock that the ones before left. A location gives only what is above the
    /// 0.9 quantile of its own demand until its own next delivery; a unit helps only from its arrival on.
    /// </summary>
    /// <param name="places">One item's locations, each once, in one currency.</param>
    /// <param name="routes">Only these are gone.</param>
    /// <param name="correlation">Between two days' errors, 0 to 1.</param>
    /// <exception cref="ArgumentException">The places are of more than one item, or a location is there twice.</exception>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static IReadOnlyList<TransferRecommendation> Plan(
        IReadOnlyList<TransferPlace> places,
        IReadOnlyList<TransferRoute> routes,
        double correlation = DemandSum.Correlation
    )
    {
        if (places.Select(static p => p.Forecast.Key.Sku).Distinct().Count() > 1)
            throw new ArgumentException("Transfers are planned item by item.", nameof(places));
        var stock = places.ToDictionary(static p => p.Forecast.Key.Location, static p => p.OnHand);
        var byLocation = places.ToDictionary(static p => p.Forecast.Key.Location);
        var open = routes.Where(r => r.From != r.To && byLocation.ContainsKey(r.From) && byLocation.ContainsKey(r.To)).ToList();
        var recommended = new List<TransferRecommendation>();
        while (
            open.Select(r => Best(r, byLocation[r.From], stock[r.From], byLocation[r.To], stock[r.To], correlation))
                .OfType<TransferRecommendation>()
                .OrderByDescending(static t => t.Saving.Amount)
                .ThenBy(static t => (t.From.Value, t.To.Value))
                .FirstOrDefault()
                is { } best
        )
        {
            recommended.Add(best);
            stock[best.From] -= best.Quantity;
            stock[best.To] += best.Quantity;
            // Neither back nor twice: a second trip on the same way is never worth its cost after the best one, and stock that was just
            // brought isn't passed on before it has arrived.
            open.RemoveAll(r => (r.From == best.From && r.To == best.To) || r.From == best.To || r.To == best.From);
        }
        return recommended;
    }

    private static TransferRecommendation? Best(
        TransferRoute route,
        TransferPlace giver,
        Quantity has,
        TransferPlace taker,
        Quantity gets,
        double correlation
    )
    {
        var (own, wanted) = (
            DemandSum.Of(giver.Forecast, 0, giver.CoverDays, correlation),
            DemandSum.Of(taker.Forecast, 0, taker.CoverDays, correlation)
        );
        var spare = decimal.Floor(has.Value - (decimal)own.Quantile(OwnCover));
        if (spare < 1 || taker.CoverDays <= route.Days)
            return null;
        var before = Lost(wanted, gets);
        var preventable = before - Math.Min(before, Lost(DemandSum.Of(taker.Forecast, 0, route.Days, correlation), gets));
        var best = (Units: 0m, Prevented: 0.0, Saving: 0m);
        // Nobody wants more than the demand's far end.
        var most = Math.Min(spare, Math.Max(0, decimal.Ceiling((decimal)wanted.Quantile(0.999) - gets.Value)));
        for (decimal units = 1, step = Math.Max(1, decimal.Floor(most / 500)); units <= most; units += step)
        {
            var prevented = Math.Min(preventable, before - Lost(wanted, gets + new Quantity(units)));
            var givenUp = Lost(own, has - new Quantity(units)) - Lost(own, has);
            var saving =
                (decimal)prevented * taker.UnitMargin.Amount
                - (decimal)givenUp * giver.UnitMargin.Amount
                - units * route.PerUnit.Amount
                - route.PerTrip.Amount;
            if (saving > best.Saving)
                best = (units, prevented - givenUp, saving);
        }
        var (quantity, currency) = (
            new Quantity(best.Units),
            (taker.UnitMargin + giver.UnitMargin + route.PerUnit + route.PerTrip).Currency
        );
        var cost = route.PerUnit * quantity + route.PerTrip;
        var saved = new Money(decimal.Round(best.Saving, currency.MinorUnits), currency);
        if (saved.Amount <= 0)
            return null;
        return new TransferRecommendation(
            giver.Forecast.Key.Sku,
            route.From,
            route.To,
            quantity,
            best.Prevented,
            cost,
            saved,
            $"Send {quantity} of {giver.Forecast.Key.Sku} from {route.From} (available {has}, {own.Quantile(OwnCover)} kept for its own {giver.CoverDays} days) to {route.To} (available {gets}, {before:0.#} units short on average): "
                + $"{best.Prevented:0.#} more units are sold at a cost of {cost}; saves {saved}"
        );
    }

    private static double Lost(DemandSum demand, Quantity stock) =>
        Math.Max(0, -(double)stock.Value) + demand.Lost(Math.Max(0, (double)stock.Value));
}
