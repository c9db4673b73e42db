using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Operations;

/// <summary>
/// Decision records, append-only: one partition per subject, one row per record, and a head row that says which is the last.
/// </summary>
public sealed class DecisionLog(StateTables tables)
{
    private const string Head = "head",
        Record = "record|",
        Number = "Number",
        Document = "Document";

    /// <returns>The record as it stands in the chain.</returns>
    public Task<DecisionRecord> AppendAsync(DecisionRecord record, CancellationToken cancellationToken) =>
        AppendAsync(record, static _ => false, null, cancellationToken);

    /// <summary>
    /// For a subject whose last record may rule out the next: of concurrent writers the first wins, and repeated work after a crash finds
    /// what is stored.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="stands">Whether the last record of the subject rules this one out.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The subject's last record: this one or the one that stands.</returns>
    public Task<DecisionRecord> AppendUnlessAsync(
        DecisionRecord record,
        Func<DecisionRecord, bool> stands,
        CancellationToken cancellationToken
    ) => AppendAsync(record, stands, null, cancellationToken);

    /// <summary>For work that may be repeated after a crash: a key is recorded once per subject; later writes have no effect.</summary>
    /// <param name="record">The record.</param>
    /// <param name="key">Unique within the subject: <c>transition 4</c>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task AppendOnceAsync(DecisionRecord record, string key, CancellationToken cancellationToken) =>
        AppendAsync(record, static _ => false, RowKeys.Of("once", key), cancellationToken);

    private async Task<DecisionRecord> AppendAsync(
        DecisionRecord record,
        Func<DecisionRecord, bool> stands,
        string? once,
        CancellationToken cancellationToken
    )
    {
        var partition = RowKeys.Of(record.Subject);
        while (true)
        {
            var head = await tables.Decisions.GetEntityIfExistsAsync<TableEntity>(partition, Head, cancellationToken: cancellationToken);
            var previous = head.HasValue ? await ReadAsync(partition, head.Value!.GetInt32(Number)!.Value, cancellationToken) : null;
            if (previous is not null && stands(previous))
                return previous;
            var linked = record.ChainedTo(previous);
            var row = new TableEntity(partition, RowOf(linked.Number));
            LongText.Put(row, Document, JsonSerializer.Serialize(linked, OperationsJson.Default.DecisionRecord));
            var moved = new TableEntity(partition, Head) { [Number] = linked.Number };
            try
            {
                // One transaction: two writers who both saw the same head can't both move it, so the chain can't fork.
                List<TableTransactionAction> actions =
                [
                    new(TableTransactionActionType.Add, row),
                    head.HasValue
                        ? new(TableTransactionActionType.UpdateReplace, moved, head.Value!.ETag)
                        : new(TableTransactionActionType.Add, moved),
                ];
                if (once is not null)
                    actions.Add(new(TableTransactionActionType.Add, new TableEntity(partition, once) { [Number] = linked.Number }));
                await tables.Decisions.SubmitTransactionAsync(actions, cancellationToken);
                return linked;
            }
            catch (TableTransactionFailedException lost) when (lost.Status is 409 or 412)
            {
                // A concurrent write: with this key it is already recorded; otherwise chain to the other record. Checked only now, because
                // a key is almost always new.
                if (
                    once is not null
                    && (
                        await tables.Decisions.GetEntityIfExistsAsync<TableEntity>(partition, once, cancellationToken: cancellationToken)
                    ).HasValue
                )
                    return record;
            }
        }
    }

    /// <summary>The subject's records, oldest first.</summary>
    public async Task<IReadOnlyList<DecisionRecord>> ReadAsync(string subject, CancellationToken cancellationToken)
    {
        var records = new List<DecisionRecord>();
        await foreach (
            var row in tables.Decisions.QueryAsync<TableEntity>(
                RowKeys.Under(RowKeys.Of(subject), "record"),
                cancellationToken: cancellationToken
            )
        )
            records.Add(Read(row));
        return records;
    }

    /// <summary>The subject's records with their head row, without which a truncated chain would look complete.</summary>
    public async Task<DecisionChain> ChainAsync(string subject, CancellationToken cancellationToken)
    {
        // The head is read first, so that records appended meanwhile exceed it and never fall short.
        var head = await tables.Decisions.GetEntityIfExistsAsync<TableEntity>(
            RowKeys.Of(subject),
            Head,
            cancellationToken: cancellationToken
        );
        var records = await ReadAsync(subject, cancellationToken);
        return new DecisionChain(records, head.HasValue ? head.Value!.GetInt32(Number)!.Value : 0);
    }

    /// <summary>All chains in one pass over the table, for the nightly check.</summary>
    public async IAsyncEnumerable<DecisionChain> EachChainAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (partition, head, records) = (string.Empty, 0, new List<DecisionRecord>());
        // Rows come by partition and key, and a head's key comes before those of its records: records appended meanwhile exceed the head's
        // count and never fall short.
        await foreach (var row in tables.Decisions.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            if (row.PartitionKey != partition)
            {
                if (partition.Length > 0)
                    yield return new DecisionChain(records, head);
                (partition, head, records) = (row.PartitionKey, 0, []);
            }
            if (row.RowKey == Head)
                head = row.GetInt32(Number)!.Value;
            else if (row.RowKey.StartsWith(Record, StringComparison.Ordinal))
                records.Add(Read(row));
        }
        if (partition.Length > 0)
            yield return new DecisionChain(records, head);
    }

    private async Task<DecisionRecord> ReadAsync(string partition, int number, CancellationToken cancellationToken) =>
        Read(await tables.Decisions.GetEntityAsync<TableEntity>(partition, RowOf(number), cancellationToken: cancellationToken));

    private static string RowOf(int number) => Record + RowKeys.Of($"{number:00000000}");

    private static DecisionRecord Read(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Get(row, Document), OperationsJson.Default.DecisionRecord)!;
}
