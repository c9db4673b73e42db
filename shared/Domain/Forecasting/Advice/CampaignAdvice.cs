using Stockgate.Domain.Forecasting.Campaigns;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Replenishment;

namespace Stockgate.Domain.Forecasting.Advice;

/// <summary>The feed for campaigns, by item and region.</summary>
internal static class CampaignAdvice
{
    /// <summary>Those that are safe first; then by revenue.</summary>
    public static List<CampaignVerdict> Of(AdviceContext known, PriceAdvice prices, CancellationToken cancellationToken)
    {
        var (input, series) = (known.Input, known.Input.History.Series);
        var regional = Enumerable
            .Range(0, known.Count)
            .Where(i => series[i].Region.Length > 0)
            .GroupBy(i => (series[i].Key.Sku, series[i].Region))
            .Select(static g => (g.Key.Sku, g.Key.Region, Series: g.ToArray()))
            .ToArray();
        if (known.Count - regional.Sum(static r => r.Series.Length) is > 0 and var without)
            known.Remarks.Add(
                $"{without} of {known.Count} series {(without == 1 ? "has" : "have")} no region, so they are not in the campaign feed and may not be advertised."
            );
        var verdicts = regional
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellationToken)
            .Select(r =>
            {
                var situations = r.Series.Select(i => input.Series[i]).ToArray();
                var margins = situations.Select(Margin).ToArray();
                var uplift = prices.Uplift(r.Sku, series[r.Series[0]].Category)?.High;
                return CampaignFeed.Of(
                    new CampaignItem(r.Sku, new RegionId(r.Region))
                    {
                        // One location that has not counted makes the region's sum unknown.
                        Available = situations.Any(static s => s.Stock is null)
                            ? null
                            : situations.Aggregate(Quantity.Zero, static (sum, s) => sum + s.Stock!.OnHand),
                        StockAge = situations.Any(static s => s.StockAge is null) ? null : situations.Max(static s => s.StockAge),
                        Forecast = Sum(r.Series.Select(i => known.Ahead[i]).ToArray(), new LocationId(r.Region)),
                        ForecastAge = input.ForecastAge,
                        Uplift = uplift is { } high ? Math.Clamp(high, 1, 1000) : null,
                        MarginPercent = margins.Any(static m => m is null) ? null : margins.Min(),
                    },
                    input.Campaigns
                );
            })
            .ToArray();
        return
        [
            .. verdicts
                .Zip(regional, (v, r) => (Verdict: v, Revenue: r.Series.Sum(i => known.Revenue[i])))
                .OrderByDescending(static v => v.Verdict.Safety)
                .ThenByDescending(static v => v.Revenue)
                .ThenBy(static v => (v.Verdict.Sku.Value, v.Verdict.Region.Value))
                .Select(static v => v.Verdict),
        ];
    }

    private static decimal? Margin(SeriesSituation situation) =>
        situation is { Price: { Amount: > 0 } price, UnitCost: { } cost } && price.Currency == cost.Currency
            ? (price.Amount - cost.Amount) / price.Amount * 100
            : null;

    // Means add up; deviations as those of days do, since locations share the weather as days share the level.
    private static SeriesForecast Sum(SeriesForecast[] parts, LocationId region)
    {
        var key = new SeriesKey(parts[0].Key.Sku, region);
        if (parts.Length == 1)
            return parts[0] with { Key = key };
        var days = parts.Min(static p => p.Horizon);
        var (mean, low, high) = (new float[days], new float[days], new float[days]);
        for (var day = 0; day < days; day++)
        {
            double sum = 0,
                squares = 0,
                deviations = 0;
            foreach (var part in parts)
            {
                var deviation = Math.Max(part.Deviation(day), Math.Sqrt(part.Mean[day]));
                (sum, squares, deviations) = (sum + part.Mean[day], squares + deviation * deviation, deviations + deviation);
            }
            var half =
                SeriesForecast.Z90 * Math.Sqrt((1 - DemandSum.Correlation) * squares + DemandSum.Correlation * deviations * deviations);
            (mean[day], low[day], high[day]) = ((float)sum, (float)Math.Max(0, sum - half), (float)(sum + half));
        }
        return new SeriesForecast(key, parts[0].First, mean, low, mean, high);
    }
}
