using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform.Outbound;

namespace Stockgate.Functions.Outbound;

/// <summary>Asks every channel whether it is there: with two failures in a row one that is down is seen within a minute.</summary>
public sealed class ProbeChannels(ChannelHealth health)
{
    [Function("ProbeChannels")]
    public Task Run([TimerTrigger("*/20 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
        health.ProbeAsync(cancellationToken);
}
