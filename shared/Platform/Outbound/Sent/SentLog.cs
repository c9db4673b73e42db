using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Stockgate.Domain;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Outbound.Sent;

/// <summary>Which messages are looked for.</summary>
/// <param name="Channel">Of one channel.</param>
/// <param name="From">Sent then or later.</param>
/// <param name="To">Sent before then.</param>
/// <param name="About">A text that stands in the message as a whole value, such as an order or a SKU; null for all.</param>
/// <param name="Outcome">With that outcome; null for all.</param>
public sealed record SentFilter(SalesChannelId Channel, DateTimeOffset From, DateTimeOffset To, string? About, DeliveryOutcome? Outcome);

/// <summary>
/// What was sent to channels. A partition holds a day of a channel; each sending has a row by time, with the body, and one by the
/// message's id, both written in one transaction and never changed, so that no two senders meet.
/// </summary>
public sealed class SentLog(StateTables tables, OutboundOptions options, TimeProvider time, ILogger<SentLog> logger)
{
    private const string ByTime = "time",
        ById = "id";

    /// <summary>Keeps a sending. That it could not be kept is logged and delays nothing: the message itself is sent.</summary>
    public async Task KeepAsync(SentMessage sent, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var (partition, unique) = (PartitionOf(sent.Channel, DayOf(sent.At)), Guid.NewGuid().ToString("N")[..8]);
        try
        {
            await tables.SentMessages.SubmitTransactionAsync(
                [
                    Add(SentRows.Of(partition, RowKeys.Of(ByTime, NewestFirst(sent.At), unique), sent, body)),
                    Add(SentRows.Of(partition, RowKeys.Of(ById, sent.MessageId, NewestFirst(sent.At), unique), sent, default)),
                ],
                cancellationToken
            );
        }
        catch (Exception failed) when (failed is RequestFailedException or OperationCanceledException)
        {
            logger.LogWarning(failed, "Message {Message} to {Channel} is not in the log of sent messages", sent.MessageId, sent.Channel);
        }
    }

    /// <summary>The newest first, a page at a time.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="size">At most so many.</param>
    /// <param name="after">What the page before gave; null for the first.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FormatException"><paramref name="after"/> is none of ours.</exception>
    public async Task<(IReadOnlyList<SentMessage> Sent, string? Next)> ListAsync(
        SentFilter filter,
        int size,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var found = new List<SentMessage>();
        var until = after is null ? filter.To : MomentOf(after);
        for (var day = DayOf(until); day >= DayOf(filter.From); day = day.AddDays(-1))
            await foreach (var row in RowsAsync(filter, day, cancellationToken))
            {
                var sent = SentRows.Read(row);
                if (sent.At >= until || sent.At < filter.From || !SentRows.Fits(row, sent, filter))
                    continue;
                // Those of the same tick stay on one page: the next one begins before them.
                if (found.Count >= size && found[^1].At != sent.At)
                    return (found, NewestFirst(found[^1].At));
                found.Add(sent);
            }
        return (found, null);
    }

    /// <summary>Every sending of a message, the newest first.</summary>
    public async Task<IReadOnlyList<SentMessage>> FindAsync(
        SalesChannelId channel,
        string messageId,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        var found = new List<SentMessage>();
        for (var day = DayOf(to); day >= DayOf(from); day = day.AddDays(-1))
        {
            var filter = RowKeys.Under(PartitionOf(channel, day), ById, messageId);
            await foreach (var row in tables.SentMessages.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
                found.Add(SentRows.Read(row));
        }
        return found;
    }

    /// <summary>The body of a sending as it was sent; null where it was too large to keep.</summary>
    public async Task<ReadOnlyMemory<byte>?> BodyAsync(SentMessage sent, CancellationToken cancellationToken)
    {
        var filter = RowKeys.Under(PartitionOf(sent.Channel, DayOf(sent.At)), ByTime, NewestFirst(sent.At));
        await foreach (var row in tables.SentMessages.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            if (SentRows.Read(row).MessageId == sent.MessageId)
                return SentRows.BodyOf(row);
        return null;
    }

    /// <summary>Deletes the day that has become older than the log is kept, and days before it that an earlier night left.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> TidyAsync(IEnumerable<SalesChannelId> channels, CancellationToken cancellationToken)
    {
        const int nightsMissed = 7;
        var (deleted, last) = (0, DayOf(time.GetUtcNow() - options.OutboundLogKeep));
        foreach (var channel in channels)
            for (var day = last; day > last.AddDays(-nightsMissed); day = day.AddDays(-1))
            {
                var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PartitionOf(channel, day)}");
                var rows = tables.SentMessages.QueryAsync<TableEntity>(
                    filter,
                    BucketRows.TransactionRows,
                    ["PartitionKey", "RowKey"],
                    cancellationToken
                );
                await foreach (var page in rows.AsPages())
                {
                    if (page.Values.Count == 0)
                        continue;
                    await tables.SentMessages.SubmitTransactionAsync(
                        page.Values.Select(static r => new TableTransactionAction(TableTransactionActionType.Delete, r, ETag.All)),
                        cancellationToken
                    );
                    deleted += page.Values.Count;
                }
            }
        return deleted;
    }

    private AsyncPageable<TableEntity> RowsAsync(SentFilter filter, DateOnly day, CancellationToken cancellationToken) =>
        tables.SentMessages.QueryAsync<TableEntity>(
            RowKeys.Under(PartitionOf(filter.Channel, day), ByTime),
            select: SentRows.Columns(filter.About is not null),
            cancellationToken: cancellationToken
        );

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static string PartitionOf(SalesChannelId channel, DateOnly day) => RowKeys.Of(channel.Value, $"{day:yyyyMMdd}");

    private static string NewestFirst(DateTimeOffset at) =>
        (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    private static DateTimeOffset MomentOf(string after) =>
        new(DateTimeOffset.MaxValue.UtcTicks - long.Parse(after, NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
