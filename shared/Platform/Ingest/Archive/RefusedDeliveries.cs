using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>Puts deliveries that were refused as a whole on the log of deliveries, so that a partner sees why.</summary>
public sealed class RefusedDeliveries(DeliveryArchive archive, ILogger<RefusedDeliveries> logger) : IAsyncDisposable
{
    // Nobody has proven to be the sender: somebody who floods a channel's address must not fill the archive.
    private const int PerMinute = 60;

    private readonly PartitionedRateLimiter<Channel> rates = PartitionedRateLimiter.Create<Channel, string>(static channel =>
        RateLimitPartition.GetFixedWindowLimiter(
            channel.Id.Value,
            static _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }
        )
    );

    /// <summary>The answer does not wait for it.</summary>
    public void Note(Channel channel, ProblemException problem, DateTimeOffset at)
    {
        using var lease = rates.AttemptAcquire(channel);
        if (lease.IsAcquired)
            _ = KeepAsync(channel, problem, at);
    }

    private async Task KeepAsync(Channel channel, ProblemException problem, DateTimeOffset at)
    {
        try
        {
            var refused = new ArchivedDelivery
            {
                Id = DeliveryArchive.NewId(at),
                Channel = channel.Id,
                ReceivedAt = at,
                Origin = DeliveryOrigin.Webhook,
                Refused = new RefusedDelivery(problem.Status, problem.Slug, problem.Detail),
            };
            await archive.KeepAsync(refused, default, CancellationToken.None);
        }
        catch (Exception failure)
        {
            logger.LogWarning("A refused delivery of channel {Channel} is not on its log: {Reason}", channel.Id, failure.Message);
        }
    }

    public ValueTask DisposeAsync() => rates.DisposeAsync();
}
