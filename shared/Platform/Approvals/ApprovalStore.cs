using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Approvals;

/// <summary>
/// Stores cases, one partition each, guarded by the ETag: of two concurrent decisions one is stored. A second partition lists the cases
/// whose decision is not applied yet.
/// </summary>
public sealed class ApprovalStore(StateTables tables, ApprovalAudit audit)
{
    private const int ReadAtOnce = 16;

    private const string Row = "case",
        Waiting = "waiting",
        Document = "Document",
        State = "State";

    /// <returns>False if it already exists.</returns>
    public async Task<bool> AddAsync(ApprovalRecord record, CancellationToken cancellationToken)
    {
        // The list entry is written first: an entry without a case is skipped, but a case without an entry would wait forever.
        await tables.Approvals.UpsertEntityAsync(
            new TableEntity(Waiting, RowKeys.Of(record.Case.Id.Value)) { ["Case"] = record.Case.Id.Value },
            TableUpdateMode.Replace,
            cancellationToken
        );
        try
        {
            await tables.Approvals.AddEntityAsync(RowOf(record), cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            return false;
        }
        await audit.RecordAsync(record, cancellationToken);
        return true;
    }

    public async Task<ApprovalRecord?> FindAsync(CaseId id, CancellationToken cancellationToken) =>
        (await ReadAsync(id, cancellationToken))?.Record;

    /// <exception cref="InvalidOperationException">There is no such case.</exception>
    public async Task<ApprovalRecord> GetAsync(CaseId id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"Case {id} is not stored.");

    /// <summary>
    /// Updates a record by a function, which is called again after a concurrent write, so that it always sees the stored record.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such case.</exception>
    public async Task<ApprovalRecord> ChangeAsync(
        CaseId id,
        Func<ApprovalRecord, ApprovalRecord> change,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var (before, etag) = await ReadAsync(id, cancellationToken) ?? throw new InvalidOperationException($"Case {id} is not stored.");
            var after = change(before);
            if (!ReferenceEquals(before, after))
            {
                try
                {
                    await tables.Approvals.UpdateEntityAsync(RowOf(after), etag, TableUpdateMode.Replace, cancellationToken);
                }
                catch (RequestFailedException lost) when (lost.Status == 412)
                {
                    continue;
                }
            }
            // Also without a change, because a crash after the write may have skipped the chain.
            await audit.RecordAsync(after, cancellationToken);
            // Done last: after a crash before it, the next evaluation removes the case from the list.
            if (after.TakenOverAt is not null)
                await DelistAsync(after.Case.Id, cancellationToken);
            return after;
        }
    }

    /// <summary>Open cases and cases whose decision is not applied yet, by due time.</summary>
    public async Task<IReadOnlyList<ApprovalRecord>> ListWaitingAsync(CancellationToken cancellationToken)
    {
        var waiting = TableClient.CreateQueryFilter($"PartitionKey eq {Waiting}");
        var found = new ConcurrentBag<ApprovalRecord>();
        // In parallel, because a hundred sequential reads take seconds.
        await Parallel.ForEachAsync(
            tables.Approvals.QueryAsync<TableEntity>(waiting, cancellationToken: cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken },
            async (row, cancellation) =>
            {
                if (await FindAsync(new CaseId(row.GetString("Case")), cancellation) is not { } record)
                    return;
                if (record.TakenOverAt is null)
                    found.Add(record);
                else
                    await DelistAsync(record.Case.Id, cancellation);
            }
        );
        return [.. found.OrderBy(static r => r.Deadline).ThenBy(static r => r.Case.Id.Value, StringComparer.Ordinal)];
    }

    private Task DelistAsync(CaseId id, CancellationToken cancellationToken) =>
        tables.Approvals.DeleteEntityAsync(Waiting, RowKeys.Of(id.Value), ETag.All, cancellationToken);

    private async Task<(ApprovalRecord Record, ETag ETag)?> ReadAsync(CaseId id, CancellationToken cancellationToken)
    {
        var row = await tables.Approvals.GetEntityIfExistsAsync<TableEntity>(PartitionOf(id), Row, cancellationToken: cancellationToken);
        return row.HasValue
            ? (JsonSerializer.Deserialize(LongText.Get(row.Value!, Document), ApprovalsJson.Default.ApprovalRecord)!, row.Value!.ETag)
            : null;
    }

    private static TableEntity RowOf(ApprovalRecord record)
    {
        var row = new TableEntity(PartitionOf(record.Case.Id), Row) { [State] = record.State.ToString() };
        LongText.Put(row, Document, JsonSerializer.Serialize(record, ApprovalsJson.Default.ApprovalRecord));
        return row;
    }

    private static string PartitionOf(CaseId id) => RowKeys.Of("case", id.Value);
}
