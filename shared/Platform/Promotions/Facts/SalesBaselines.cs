using System.Collections.Concurrent;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Inventory;

namespace Stockgate.Platform.Promotions.Facts;

/// <summary>What a promotion's items usually sell: by the forecast in force, else by the mean of the last four weeks.</summary>
public sealed class SalesBaselines(PromotionPolicy policy, InventoryReader inventory, ForecastReader? forecasts = null)
{
    private const int ReadsAtOnce = 32,
        Days = 28;

    // Yesterday's sales don't change today, and reading a month of ledger for every look would cost more than all the rest.
    private readonly ConcurrentDictionary<(PromotionId, int), (DateOnly Day, SalesBaseline[] Baselines)> known = new();

    /// <summary>The baseline of item i in region r at <c>r × items + i</c>.</summary>
    public async Task<SalesBaseline[]> ReadAsync(
        PromotionRecord record,
        PromotionTerms terms,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => await ForecastAsync(record, terms, await MeansAsync(record, terms, now, cancellationToken), now, cancellationToken);

    // Where the forecast in force is fresh and knows the item there; once it runs, what was usual before it is what it is measured by.
    private async Task<SalesBaseline[]> ForecastAsync(
        PromotionRecord record,
        PromotionTerms terms,
        SalesBaseline[] means,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            record.State >= PromotionState.Live
            || forecasts is null
            || await InForceAsync(forecasts, cancellationToken) is not { } forecast
            || forecast.Age > policy.ForecastMaxAge
        )
            return means;
        var (items, regions, found) = (terms.Items, terms.Request.Regions, means.ToArray());
        var (first, last) = (DateOnly.FromDateTime(terms.Start.UtcDateTime), DateOnly.FromDateTime(terms.End.AddTicks(-1).UtcDateTime));
        for (var r = 0; r < regions.Count; r++)
        {
            var places = regions[r].Stores.Concat(regions[r].Warehouses).Distinct().ToArray();
            for (var i = 0; i < items.Count; i++)
            {
                var there = places
                    .Select(place => forecast.Series.GetValueOrDefault(new SeriesKey(items[i], place)))
                    .OfType<SeriesForecast>()
                    .ToList();
                if (
                    ForecastBaseline.Of(
                        there,
                        first,
                        last,
                        record.State is PromotionState.Scheduled or PromotionState.Preparing,
                        now - forecast.Age
                    ) is
                    { } baseline
                )
                    found[r * items.Count + i] = baseline;
            }
        }
        return found;
    }

    private static async Task<ForecastInForce?> InForceAsync(ForecastReader forecasts, CancellationToken cancellationToken)
    {
        try
        {
            return await forecasts.ReadAsync(cancellationToken);
        }
        catch (HistoryFileException)
        {
            // A damaged forecast is none: a gate can still be judged.
            return null;
        }
    }

    private async Task<SalesBaseline[]> MeansAsync(
        PromotionRecord record,
        PromotionTerms terms,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // Up to its start: a baseline of days on which the promotion ran would call its own success normal.
        var day = DateOnly.FromDateTime((now < terms.Start ? now : terms.Start).UtcDateTime);
        if (known.TryGetValue((record.Id, terms.Number), out var last) && last.Day == day)
            return last.Baselines;
        var (items, regions) = (terms.Items, terms.Request.Regions);
        var found = new SalesBaseline[regions.Count * items.Count];
        await Parallel.ForAsync(
            0,
            items.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, cancellation) =>
            {
                var sales = await inventory.SalesAsync(items[i], day.AddDays(-Days), day.AddDays(-1), cancellation);
                for (var r = 0; r < regions.Count; r++)
                {
                    var places = regions[r].Stores.Concat(regions[r].Warehouses).ToHashSet();
                    var days = sales
                        .Where(s => places.Contains(s.Location))
                        .SelectMany(static s => s.Days)
                        .GroupBy(static d => d.Day)
                        .Select(static day => day.Sum(static d => d.Sold.Value - d.Cancelled.Value));
                    found[r * items.Count + i] = SalesBaseline.Of(days, Days);
                }
            }
        );
        if (known.Count >= 2_000)
            known.Clear();
        known[(record.Id, terms.Number)] = (day, found);
        return found;
    }
}
