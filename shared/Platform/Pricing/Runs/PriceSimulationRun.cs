using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Simulation;
using Stockgate.Pages.Pricing;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Forecasting.Advice;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Runs;

/// <summary>Replays the retailer's own sales through a policy before it is switched on.</summary>
public sealed class PriceSimulationRun(
    PriceRun run,
    PriceRuns runs,
    PriceRunFiles files,
    HistoryFiles history,
    ForecastReader forecasts,
    StateTables tables,
    TimeProvider time
)
{
    private const int LearnedFrom = 28;

    // Of the usual item: three weeks on the shelf at the start, a week from order to arrival, four weeks in an order.
    private static readonly StockPlan Stock = new(21, 7, 28);

    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        var (record, policy) = (await runs.GetAsync(id, cancellationToken), await run.PolicyAsync(id, cancellationToken));
        await using var progress = new RunProgress(runs, record, 0, 1, time);
        progress.Report(("reading the history", 0.02));
        var sales = (await history.ReadAsync(record.Day, cancellationToken)).History;
        if (sales.Days <= LearnedFrom)
            throw new InvalidOperationException(
                $"The history has {sales.Days} days; a simulation learns from the first {LearnedFrom} and replays the days after them."
            );
        var trade = await TradeReader.ReadAsync(tables, cancellationToken);
        if (trade.Prices.Count == 0)
            throw new InvalidOperationException("No price is known, so no history can be replayed.");
        var currency = trade.Prices.Values.CountBy(static p => p.Currency).MaxBy(static c => c.Value).Key;
        var costs = sales
            .Series.Select(s =>
                trade.Products.GetValueOrDefault(s.Key.Sku) is { UnitCost: { } cost } product && product.Currency == currency
                    ? cost
                    : (decimal?)null
            )
            .ToArray();
        var response = Response(await forecasts.ReadAsync(cancellationToken), policy);
        var settings = new SimulationSettings
        {
            Policy = policy,
            Currency = currency,
            FromDay = LearnedFrom,
            Response = response,
            Belief = response,
            CostOf = (series, _) => costs[series],
            Stock = Stock,
        };
        var steps = new Steps(progress);
        // Minutes of CPU work without an await, so it runs on its own thread.
        var result = await Task.Factory.StartNew(
            () => PriceSimulation.Run(sales, settings, steps, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await files.PutAsync(id, PriceRunFiles.Page, text => PricingPages.SimulationHtml(text, result), cancellationToken);
        await progress.DisposeAsync();
        await run.EndAsync(record, RunStatus.Succeeded, result.Words, null, cancellationToken);
    }

    // What the forecast learned of the categories, in the middle; else what the policy assumes, with an interval of twice and half of it.
    private static ElasticityBelief Response(ForecastInForce? forecast, PricePolicy policy)
    {
        var known = forecast?.Elasticities.Categories.Values.OrderBy(static e => e.Value).ToArray() ?? [];
        if (known.Length > 0 && known[known.Length / 2] is var middle)
            return new ElasticityBelief(middle.Value, middle.Low, middle.High);
        var assumed = (double)policy.Defaults.AssumedElasticity;
        return new ElasticityBelief(assumed, assumed * 2, assumed / 2);
    }

    private sealed class Steps(RunProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(("replaying the history", 0.1 + 0.85 * value));
    }
}
