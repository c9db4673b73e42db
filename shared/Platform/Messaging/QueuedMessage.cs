using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Orders;

namespace Stockgate.Platform.Messaging;

/// <summary>The content of a queued message: a channel event or stock ledger entries.</summary>
public sealed record QueuedMessage(EventHeader? Header, ChannelEvent? Data, IReadOnlyList<StockEntry> Entries)
{
    /// <summary>True where a failure now is the last: nothing needs to wait for it any more.</summary>
    public bool LastTry { get; init; }

    /// <summary>
    /// The thing whose events wait for each other: later ones of an order are not applied while an earlier one is tried again.
    /// </summary>
    public string? Ordered => (Data as OrderEvent)?.OrderId.Value;

    /// <exception cref="UnreadableMessageException">The message holds nothing that can be projected; trying again will not
    /// help.</exception>
    public static QueuedMessage Read(string type, ChannelId channel, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (type != EventTypes.StockPosted)
        {
            var record = CloudEventReader.Read(body, channel, now);
            return record is { Header: { } header, Data: { } data }
                ? new QueuedMessage(header, data, data is StockMoved moved ? [EntryOf(header, moved)] : [])
                : throw new UnreadableMessageException(
                    record.Rejection is { } rejection ? $"{rejection.Field} {rejection.Reason}" : record.IgnoredBecause!
                );
        }
        try
        {
            return new QueuedMessage(null, null, JsonSerializer.Deserialize(body, StockJson.Default.StockEntryArray) ?? []);
        }
        catch (JsonException broken)
        {
            throw new UnreadableMessageException($"ledger entries can't be read: {broken.Message}");
        }
    }

    private static StockEntry EntryOf(EventHeader header, StockMoved moved) =>
        new()
        {
            Sku = moved.Sku,
            Location = moved.Location,
            Id = $"movement:{header.Key}",
            At = header.OccurredAt,
            Kind = EntryKind.Movement,
            Stock = moved.Quantity,
            Net = (moved.UnitPrice ?? 0) * moved.Quantity.Value,
            Currency = moved.Currency,
        };
}

/// <summary>A message that can't be projected.</summary>
public sealed class UnreadableMessageException(string reason) : Exception(reason);
