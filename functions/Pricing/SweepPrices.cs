using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform.Pricing.Signals;

namespace Stockgate.Functions.Pricing;

/// <summary>Queues work for prices that were not sent or not confirmed.</summary>
public sealed class SweepPrices(PriceSweep sweep)
{
    [Function("SweepPrices")]
    public Task Run([TimerTrigger("*/30 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.RunAsync(cancellationToken);
}
