using Stockgate.Domain;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>Which deliveries of a channel are looked for.</summary>
/// <param name="From">Received at or after.</param>
/// <param name="To">Received before.</param>
/// <param name="Id">The id of a record or of an event that was made of it; null for any.</param>
/// <param name="Order">The number of an order that an event is about; null for any.</param>
/// <param name="Sku">A SKU that an event names; null for any.</param>
/// <param name="Status">What became of a record, or <c>refused</c>; null for any.</param>
public sealed record DeliveryFilter(
    ChannelId Channel,
    DateTimeOffset From,
    DateTimeOffset To,
    string? Id = null,
    string? Order = null,
    string? Sku = null,
    string? Status = null
)
{
    public const string Refused = "refused";

    public bool Fits(ArchivedDelivery delivery) =>
        delivery.ReceivedAt >= From
        && delivery.ReceivedAt < To
        && (Status != Refused || delivery.Refused is not null)
        && ((Id ?? Order ?? Sku ?? Status) is null or Refused || delivery.Records.Any(Fits));

    private bool Fits(ArchivedRecord record) =>
        (Status is null || record.Status == Status)
        && (Id is null || record.Id == Id || record.Events.Any(e => e.Id == Id))
        && (Order is null || record.Events.Any(e => e.Subject == $"order {Order}"))
        && (Sku is null || record.Events.Any(e => e.Skus.Any(s => s.Value == Sku)));
}

/// <summary>The log of deliveries, the newest first.</summary>
public sealed class DeliveryLog(ArchiveReader archive)
{
    // Compressed bytes that one request reads: a second or two. The next page goes on where it ended.
    private const long MostBytes = 32 * 1024 * 1024;

    /// <summary>One page; a page may have few or none and yet be followed by another.</summary>
    /// <param name="filter">What is looked for.</param>
    /// <param name="pageSize">Deliveries of a page at most.</param>
    /// <param name="after">The continuation of the page before; null for the first.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="FormatException"><paramref name="after"/> is no continuation.</exception>
    public async Task<(IReadOnlyList<ArchivedDelivery> Page, string? Next)> ListAsync(
        DeliveryFilter filter,
        int pageSize,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var before = after is null ? filter.To : ArchiveNames.TimeOf(after) ?? throw new FormatException("It is no continuation.");
        var hours = await archive.HoursAsync(filter.Channel, filter.From, before, cancellationToken);
        var page = new List<ArchivedDelivery>();
        var bytes = 0L;
        // The hour that the page before ended with is not begun again, however large it is.
        foreach (var hour in hours.Reverse().Where(h => after is null || h.Hour < before))
        {
            if (bytes > 0 && bytes + hour.Bytes > MostBytes)
                return (page, ArchiveNames.FirstIdAt(hour.Hour.AddHours(1)));
            bytes += hour.Bytes;
            var found = await FindAsync(filter, hour, after, pageSize + 1 - page.Count, cancellationToken);
            page.AddRange(found);
            if (page.Count > pageSize)
                return (page[..pageSize], page[pageSize - 1].Id);
        }
        return (page, null);
    }

    /// <summary>A delivery with its body; null where there is none of this id.</summary>
    public async Task<(ArchivedDelivery Delivery, ReadOnlyMemory<byte> Body)?> FindAsync(
        ChannelId channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (ArchiveNames.TimeOf(id) is not { } at)
            return null;
        foreach (var hour in await archive.HoursAsync(channel, at, at, cancellationToken))
        foreach (var blob in hour.Blobs)
        await foreach (var entry in archive.ReadAsync(blob, bodies: false, cancellationToken))
            if (entry.Delivery.Id == id)
                return (entry.Delivery, await BodyAsync(blob, entry, cancellationToken));
        return null;
    }

    private async Task<ReadOnlyMemory<byte>> BodyAsync(string blob, ArchiveEntry found, CancellationToken cancellationToken)
    {
        if (found.Delivery.BodyBlob is not null)
            return await archive.BodyAsync(found, cancellationToken);
        await foreach (var entry in archive.ReadAsync(blob, bodies: true, cancellationToken))
            if (entry.Delivery.Id == found.Delivery.Id)
                return entry.Body ?? ReadOnlyMemory<byte>.Empty;
        return ReadOnlyMemory<byte>.Empty;
    }

    // Of an hour with a million deliveries no more than a page is held.
    private async Task<IEnumerable<ArchivedDelivery>> FindAsync(
        DeliveryFilter filter,
        ArchiveHour hour,
        string? after,
        int most,
        CancellationToken cancellationToken
    )
    {
        var newest = new SortedDictionary<string, ArchivedDelivery>(StringComparer.Ordinal);
        foreach (var blob in hour.Blobs)
        await foreach (var (delivery, _) in archive.ReadAsync(blob, bodies: false, cancellationToken))
        {
            if ((after is not null && string.CompareOrdinal(delivery.Id, after) >= 0) || !filter.Fits(delivery))
                continue;
            newest[delivery.Id] = delivery;
            if (newest.Count > most)
                newest.Remove(newest.First().Key);
        }
        return newest.Values.Reverse();
    }
}
