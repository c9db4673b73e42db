using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform.Outbound;

namespace Stockgate.Functions.Outbound;

/// <summary>Probes every channel; two failures in a row report an outage within a minute.</summary>
public sealed class ProbeChannels(ChannelHealth health)
{
    [Function("ProbeChannels")]
    public Task Run([TimerTrigger("*/20 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
        health.ProbeAsync(cancellationToken);
}
