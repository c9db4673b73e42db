using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Pricing;
using Stockgate.Platform.Pricing.Effects;
using Stockgate.Platform.Pricing.Runs;

namespace Stockgate.Functions.Pricing;

/// <summary>Starts one pricing run after each forecast and measures the effect of earlier decisions.</summary>
public sealed class PriceAfterForecast(
    PriceRun run,
    PriceRuns runs,
    PricingPolicies policies,
    ForecastReader forecasts,
    EffectMeasuring effects,
    ILogger<PriceAfterForecast> logger
)
{
    private const int Remembered = 50;

    // Polled every minute instead of started by the forecast run, so that a forecast published during an outage is handled too, once.
    [Function("PriceAfterForecast")]
    public async Task Run(
        [TimerTrigger("15 * * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        if (
            (await policies.CurrentAsync(cancellationToken)).Leash == PricingLeash.Off
            || await forecasts.ReadAsync(cancellationToken) is not { } inForce
        )
            return;
        var by = PriceRuns.ByForecast(inForce.Run);
        if ((await runs.ListAsync(Remembered, cancellationToken)).Any(r => r.By == by))
            return;
        if (await PricingStart.TryAsync(run, runs, client, PriceRuns.Prices, by, null, cancellationToken) is { } begun)
            logger.LogInformation("Run {Run} after {Forecast}", begun.Id, inForce.Run);
    }

    [Function("MeasurePriceEffects")]
    public async Task Measure([TimerTrigger("0 40 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (await effects.MeasureAsync(cancellationToken) is > 0 and var measured)
            logger.LogInformation("Measured the effect of {Count} price decisions", measured);
    }
}
