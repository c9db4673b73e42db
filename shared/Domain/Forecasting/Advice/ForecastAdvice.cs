using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Suppliers;

namespace Stockgate.Domain.Forecasting.Advice;

/// <summary>Derives all recommendations from a forecast and the nightly facts. Unknown facts are reported, never guessed.</summary>
public static class ForecastAdvice
{
    /// <param name="input">What is known.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ArgumentException">Situations or forecasts are not one for every series.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static AdviceResult Of(AdviceInput input, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (settings, remarks) = (input.Settings, new List<string>());
        var suppliers = Suppliers(input);
        var known = new AdviceContext(input, suppliers.ToDictionary(static s => s.Supplier), remarks);
        var prices = new PriceAdvice(known, cancellationToken);
        var anomalies = SalesAdvice.Anomalies(known, cancellationToken);
        var risks = StockAdvice.Risks(known, known.Stock, cancellationToken);
        var transfers = StockAdvice.Transfers(known, risks, cancellationToken);
        // Transferred units reduce the receiver's order and the giver's stock.
        var stock = transfers.Count == 0 ? known.Stock : StockAdvice.After(known, transfers);
        var orders = StockAdvice.Orders(known, stock, cancellationToken);
        var allocations = OfferAdvice.Allocations(known, prices);
        var recommendations = Recommendations(
            StockAdvice.Expedites(
                known,
                transfers.Count == 0 ? risks : StockAdvice.RisksAfter(known, risks, stock, cancellationToken),
                orders
            ),
            [
                .. orders
                    .Where(static o => o.Order.Quantity > Quantity.Zero)
                    .Select(static o => new Recommendation(
                        RecommendationKinds.Order,
                        o.Order.Key.Sku,
                        o.Order.Key.Location,
                        o.Order.Quantity,
                        o.Order.Supplier.Value,
                        o.Order.OrderOn,
                        o.Order.Words,
                        o.Order.Cost
                    )),
            ],
            [
                .. transfers.Select(t => new Recommendation(
                    RecommendationKinds.Transfer,
                    t.Sku,
                    t.To,
                    t.Quantity,
                    t.From.Value,
                    input.Today,
                    t.Words,
                    t.Saving
                )),
            ],
            [.. OfferAdvice.Sendings(known, allocations)],
            [.. SalesAdvice.Checks(known, anomalies)],
            OfferAdvice.NewItems(known),
            settings.MostOfAKind,
            remarks
        );
        return new AdviceResult
        {
            Recommendations = recommendations,
            StockoutRisks = Bounded<Replenishment.StockoutRisk>.Of([.. risks.Select(static r => r.Risk)], settings.MostEntries),
            Anomalies = Bounded<Anomalies.SellThroughAnomaly>.Of(anomalies, settings.MostEntries),
            Uplifts = prices.Uplifts,
            Elasticities = prices.Elasticities,
            Suppliers = Bounded<SupplierReliability>.Of(suppliers, settings.MostEntries),
            Allocations = new(
                [.. allocations.Select(static a => a.Allocation)],
                Math.Max(0, input.Offers.Count(o => o.Stock is not null && o.Last >= input.Today) - settings.MostEntries)
            ),
            Campaigns = Bounded<Campaigns.CampaignVerdict>.Of(CampaignAdvice.Of(known, prices, cancellationToken), settings.MostVerdicts),
            Remarks = remarks,
        };
    }

    private static Bounded<Recommendation> Recommendations(
        IReadOnlyList<Recommendation> expedites,
        IReadOnlyList<Recommendation> orders,
        IReadOnlyList<Recommendation> transfers,
        IReadOnlyList<Recommendation> sendings,
        IReadOnlyList<Recommendation> checks,
        IReadOnlyList<Recommendation> newItems,
        int most,
        List<string> remarks
    )
    {
        var kinds = new[] { expedites, orders, transfers, sendings, checks, newItems }
            .Select(kind => Bounded<Recommendation>.Of(kind, most))
            .ToArray();
        foreach (var kind in kinds.Where(static k => k.LeftOut > 0 && k.Items.Count > 0))
            remarks.Add(
                $"{Plural.Of(kind.LeftOut, "more recommendation", "more recommendations")} of the kind {kind.Items[0].Kind} with a lower value {(kind.LeftOut == 1 ? "was" : "were")} omitted."
            );
        return new([.. kinds.SelectMany(static k => k.Items)], kinds.Sum(static k => k.LeftOut));
    }

    // Each supplier is only shown its own lines: looking at all of them for each would take suppliers times lines.
    private static List<SupplierReliability> Suppliers(AdviceInput input)
    {
        var receipts = input.Receipts.ToLookup(static r => (r.Order, r.Sku));
        return
        [
            .. input
                .Confirmations.GroupBy(static c => c.Supplier)
                .Select(g =>
                    SupplierReliability.Of(
                        g.Key,
                        g,
                        g.Select(static c => (c.Order, c.Sku)).Distinct().SelectMany(line => receipts[line]),
                        input.Today
                    )
                )
                .OrderByDescending(static s => s.Lines)
                .ThenBy(static s => s.Supplier.Value, StringComparer.Ordinal),
        ];
    }
}
