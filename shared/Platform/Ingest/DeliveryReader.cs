using Stockgate.Domain.Ingest;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest;

/// <summary>What a channel delivered.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Topic">As the request names it; empty where the channel's format has none.</param>
/// <param name="Body">The body, events in other forms of CloudEvents as structured ones.</param>
/// <param name="Said">What the sender said beside the body; null where the format says nothing there.</param>
/// <param name="ReceivedAt">When it came in, by our clock. It is read as of then, however late.</param>
public sealed record ReceivedDelivery(
    Channel Channel,
    string Topic,
    ReadOnlyMemory<byte> Body,
    DeliveryHeaders? Said,
    DateTimeOffset ReceivedAt
);

/// <summary>Makes records of a delivery, with what is known of the channel's own ids.</summary>
public sealed class DeliveryReader(ChannelIdDirectory channelIds, EventQueue queue)
{
    /// <summary>Keeps nothing.</summary>
    public async Task<IReadOnlyList<IncomingRecord>> ReadAsync(ReceivedDelivery delivery, CancellationToken cancellationToken)
    {
        var (channel, topic, body, said, receivedAt) = delivery;
        var stocked = await channelIds.ResolveAsync(channel, topic, body, cancellationToken);
        return ChannelDelivery.Read(channel, topic, body, stocked, said, queue.Buckets, receivedAt);
    }

    /// <summary>Remembers which ids of the channel's are which SKUs, before the records are kept.</summary>
    public Task RememberAsync(ReceivedDelivery delivery, IReadOnlyList<IncomingRecord> records, CancellationToken cancellationToken) =>
        channelIds.RememberAsync(delivery.Channel, records, cancellationToken);
}
