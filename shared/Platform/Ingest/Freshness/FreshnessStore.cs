using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Ingest.Freshness;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Freshness;

/// <summary>What the instances saw of each channel: a row for each kind, hour and instance.</summary>
public sealed class FreshnessStore(StateTables tables)
{
    private const string LastReceivedAt = "LastReceivedAt",
        LastOccurredAt = "LastOccurredAt",
        Lags = "Lags",
        Kind = "Kind",
        Hour = "Hour";

    private static readonly TimeSpan Looked = TimeSpan.FromDays(1),
        Kept = TimeSpan.FromDays(2);

    // No two write to one row.
    private readonly string instance = Guid.NewGuid().ToString("N")[..12];

    /// <summary>Writes what this instance saw: a transaction for each channel.</summary>
    public async Task WriteAsync(IReadOnlyList<SeenEvents> seen, CancellationToken cancellationToken)
    {
        foreach (var channel in seen.GroupBy(static s => s.Channel))
            await tables.Freshness.SubmitTransactionAsync(
                channel.Select(s => new TableTransactionAction(TableTransactionActionType.UpsertReplace, RowOf(s))),
                cancellationToken
            );
    }

    /// <summary>What came of each kind: how many and how late in the last day, and when the last one whenever it was.</summary>
    public async Task<IReadOnlyList<KindFreshness>> ReadAsync(ChannelId channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(channel, cancellationToken);
        return [.. rows.GroupBy(static r => r.GetString(Kind)).OrderBy(static k => k.Key, StringComparer.Ordinal).Select(k => Of(k, now))];
    }

    /// <summary>Deletes what is older than two days, except for the last of each kind.</summary>
    public async Task<int> TidyAsync(ChannelId channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(channel, cancellationToken);
        var old = rows.GroupBy(static r => r.GetString(Kind))
            .SelectMany(static k => k.OrderByDescending(static r => r.GetDateTimeOffset(LastReceivedAt)).Skip(1))
            .Where(r => r.GetDateTimeOffset(Hour) < now - Kept)
            .ToList();
        foreach (var part in old.Chunk(BucketRows.TransactionRows))
            await tables.Freshness.SubmitTransactionAsync(
                part.Select(static r => new TableTransactionAction(TableTransactionActionType.Delete, r)),
                cancellationToken
            );
        return old.Count;
    }

    private async Task<List<TableEntity>> RowsAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {RowKeys.Of(channel.Value)}");
        await foreach (var row in tables.Freshness.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            rows.Add(row);
        return rows;
    }

    private static KindFreshness Of(IGrouping<string, TableEntity> kind, DateTimeOffset now)
    {
        var lags = new LagSketch();
        foreach (var row in kind.Where(r => r.GetDateTimeOffset(Hour) > now - Looked))
            lags.Add(LagSketch.Parse(row.GetString(Lags)));
        return new KindFreshness(
            kind.Key,
            lags.Events,
            lags.At(0.5),
            lags.At(0.95),
            kind.Max(static r => r.GetDateTimeOffset(LastReceivedAt)!.Value),
            kind.Max(static r => r.GetDateTimeOffset(LastOccurredAt)!.Value)
        );
    }

    private TableEntity RowOf(SeenEvents seen) =>
        new(RowKeys.Of(seen.Channel.Value), RowKeys.Of(seen.Kind, $"{seen.Hour:yyyyMMddHH}", instance))
        {
            [Kind] = seen.Kind,
            [Hour] = seen.Hour,
            [Lags] = seen.Lags.ToText(),
            [LastReceivedAt] = seen.LastReceivedAt,
            [LastOccurredAt] = seen.LastOccurredAt,
        };
}
