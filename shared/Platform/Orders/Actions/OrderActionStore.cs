using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>The key of an action, partitioned by its order.</summary>
public sealed record OrderActionKey(OrderId Order, ActionId Action);

/// <summary>
/// Actions on orders: a partition per order, with a head row that numbers them and whose ETag moves with every promise, so that two
/// promises of one moment are one after the other; a partition that lists the open ones; and one for each customer and requester: see
/// <see cref="ActionClaims"/>. Steps of an action are put on the audit chain of its order.
/// </summary>
public sealed class OrderActionStore(StateTables tables, DecisionLog decisions) : IDisposable
{
    private const string Action = "action",
        Head = "head",
        Open = "open",
        Last = "Last",
        Document = "Document";

    private const int Remembered = 10_000;

    // The last step of each that is known to be on the chain; forgotten as a whole, because asking again is only slower.
    private readonly ConcurrentDictionary<ActionId, int> audited = new();

    // A hundred requests for one order would each begin again for every one that is taken. Across processes the head's ETag decides.
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1, 1))];

    public static string SubjectOf(OrderId order) => $"order {order}";

    /// <summary>
    /// Adds an action. What <paramref name="make"/> gets is all that the order has at that moment; where another one was added meanwhile it
    /// is called again.
    /// </summary>
    /// <param name="key">The action.</param>
    /// <param name="make">The record, from its number and the order's other actions; null to add none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The record as it is stored; the earlier one where it was there; null if none was made.</returns>
    public async Task<OrderActionRecord?> AddAsync(
        OrderActionKey key,
        Func<int, IReadOnlyList<OrderActionRecord>, Task<OrderActionRecord?>> make,
        CancellationToken cancellationToken
    )
    {
        var listed = false;
        var added = await InTurnAsync(
            key.Order,
            async (head, others) =>
            {
                if (others.FirstOrDefault(o => o.Id == key.Action) is { } there)
                    return (there, null);
                var number = (head.GetInt32(Last) ?? 0) + 1;
                if (await make(number, others) is not { } record)
                    return (null, null);
                // The list entry is written first: an entry without an action is skipped, but an action without an entry would wait
                // forever.
                if (!listed)
                    await tables.OrderActions.UpsertEntityAsync(
                        new TableEntity(Open, OpenKey(key)) { ["Order"] = key.Order.Value, [Action] = key.Action.Value },
                        TableUpdateMode.Replace,
                        cancellationToken
                    );
                listed = true;
                head[Last] = number;
                return (record, new TableTransactionAction(TableTransactionActionType.Add, RowOf(record)));
            },
            cancellationToken
        );
        if (added is not null)
            await AuditAsync(added, cancellationToken);
        return added;
    }

    /// <summary>
    /// Changes a record by what the order's other actions are, for promises: the change is kept only if no other promise of the order was
    /// made meanwhile, and is made again otherwise.
    /// </summary>
    /// <param name="key">The action.</param>
    /// <param name="change">
    /// The record as it is to be, from how it is and all of the order's actions; the same instance to leave it.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InvalidOperationException">There is no such action.</exception>
    public async Task<OrderActionRecord> PromiseAsync(
        OrderActionKey key,
        Func<OrderActionRecord, IReadOnlyList<OrderActionRecord>, Task<OrderActionRecord>> change,
        CancellationToken cancellationToken
    )
    {
        var promised = await InTurnAsync(
            key.Order,
            async (_, all) =>
            {
                var before = await ReadAsync(key, cancellationToken) ?? throw Missing(key);
                var after = await change(before.Record, all);
                return (
                    after,
                    ReferenceEquals(before.Record, after)
                        ? null
                        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, RowOf(after), before.ETag)
                );
            },
            cancellationToken
        );
        if (promised!.Timeline.Count > 0)
            await AuditAsync(promised, cancellationToken);
        return promised;
    }

    // The head is read before the actions are: whatever is promised after that moves its ETag, and the write is refused.
    private async Task<OrderActionRecord?> InTurnAsync(
        OrderId order,
        Func<TableEntity, IReadOnlyList<OrderActionRecord>, Task<(OrderActionRecord? Record, TableTransactionAction? Write)>> decide,
        CancellationToken cancellationToken
    )
    {
        var (partition, turn) = (PartitionOf(order), turns[(uint)order.Value.GetHashCode(StringComparison.Ordinal) % turns.Length]);
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var head = await tables.OrderActions.GetEntityIfExistsAsync<TableEntity>(
                    partition,
                    Head,
                    cancellationToken: cancellationToken
                );
                var moved = head.HasValue
                    ? new TableEntity(partition, Head) { [Last] = head.Value!.GetInt32(Last) }
                    : new TableEntity(partition, Head);
                var (record, write) = await decide(moved, await ListAsync(order, cancellationToken));
                if (write is null)
                    return record;
                var move = head.HasValue
                    ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, moved, head.Value!.ETag)
                    : new TableTransactionAction(TableTransactionActionType.Add, moved);
                try
                {
                    await tables.OrderActions.SubmitTransactionAsync([write, move], cancellationToken);
                    return record;
                }
                catch (TableTransactionFailedException lost) when (lost.Status is 409 or 412)
                {
                    // A concurrent reservation or step: decided again on the stored state.
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var turn in turns)
            turn.Dispose();
    }

    public async Task<OrderActionRecord?> FindAsync(OrderActionKey key, CancellationToken cancellationToken) =>
        (await ReadAsync(key, cancellationToken))?.Record;

    /// <exception cref="InvalidOperationException">There is no such action.</exception>
    public async Task<OrderActionRecord> GetAsync(OrderActionKey key, CancellationToken cancellationToken) =>
        await FindAsync(key, cancellationToken) ?? throw Missing(key);

    /// <summary>An order's actions, the first one first.</summary>
    public async Task<IReadOnlyList<OrderActionRecord>> ListAsync(OrderId order, CancellationToken cancellationToken)
    {
        var found = new List<OrderActionRecord>();
        await foreach (
            var row in tables.OrderActions.QueryAsync<TableEntity>(
                RowKeys.Under(PartitionOf(order), Action),
                cancellationToken: cancellationToken
            )
        )
            found.Add(Read(row));
        return [.. found.OrderBy(static a => a.Number)];
    }

    /// <summary>Actions that are not over.</summary>
    public async Task<IReadOnlyList<OrderActionKey>> ListOpenAsync(CancellationToken cancellationToken)
    {
        var found = new List<OrderActionKey>();
        await foreach (
            var row in tables.OrderActions.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Open}"),
                cancellationToken: cancellationToken
            )
        )
            found.Add(new OrderActionKey(new OrderId(row.GetString("Order")), new ActionId(row.GetString(Action))));
        return found;
    }

    /// <summary>Updates a record by a function, which is called again after a concurrent write.</summary>
    /// <exception cref="InvalidOperationException">There is no such action.</exception>
    public async Task<OrderActionRecord> ChangeAsync(
        OrderActionKey key,
        Func<OrderActionRecord, OrderActionRecord> change,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var (before, etag) = await ReadAsync(key, cancellationToken) ?? throw Missing(key);
            var after = change(before);
            if (!ReferenceEquals(before, after))
            {
                try
                {
                    await tables.OrderActions.UpdateEntityAsync(RowOf(after), etag, TableUpdateMode.Replace, cancellationToken);
                }
                catch (RequestFailedException lost) when (lost.Status == 412)
                {
                    continue;
                }
            }
            // Also where nothing changed: a crash after the write left the step off the chain.
            if (after.Timeline.Count > 0)
                await AuditAsync(after, cancellationToken);
            return after;
        }
    }

    /// <summary>Takes an action off the list of the open ones.</summary>
    public Task DelistAsync(OrderActionKey key, CancellationToken cancellationToken) =>
        tables.OrderActions.DeleteEntityAsync(Open, OpenKey(key), ETag.All, cancellationToken);

    // Every step that is not known to be on the chain: after a crash the next change would otherwise pass over the one that was written
    // and not recorded.
    private async Task AuditAsync(OrderActionRecord record, CancellationToken cancellationToken)
    {
        for (var number = audited.TryGetValue(record.Id, out var last) ? last + 1 : 0; number <= record.Timeline.Count; number++)
            await AuditAsync(record, number, cancellationToken);
        if (audited.Count >= Remembered)
            audited.Clear();
        audited[record.Id] = record.Timeline.Count;
    }

    private Task AuditAsync(OrderActionRecord record, int number, CancellationToken cancellationToken)
    {
        var step = number == 0 ? null : record.Timeline[number - 1];
        return decisions.AppendOnceAsync(
            new DecisionRecord
            {
                Subject = SubjectOf(record.OrderId),
                DecidedAt = step?.At ?? record.RequestedAt,
                DecidedBy = step?.By ?? record.Request.RequestedBy,
                Decision = $"{record.Request.Action}: {(step is null ? "requested" : $"{step.State}. {step.Words}")}",
                Inputs =
                [
                    new DecisionInput("action", record.Id.Value, record.Request.RequestedBy, null),
                    new DecisionInput("reason", record.Request.Reason, record.Request.RequestedBy, null),
                    .. record.Request.RequestedByAgent
                        ? [new DecisionInput("requester", "asked for by an agent", record.Request.RequestedBy, null)]
                        : Array.Empty<DecisionInput>(),
                    .. Basis(record),
                ],
                Verdicts = step?.State is OrderActionState.Asked or null ? [] : record.Review?.Feasibility.Checks ?? [],
                Published = step?.State == OrderActionState.Executing && record.Message is { } sent ? [sent.Id] : [],
            },
            $"action {record.Id} {number}",
            cancellationToken
        );
    }

    private static IEnumerable<DecisionInput> Basis(OrderActionRecord record) =>
        record.Review is not { } review
            ? []
            :
            [
                new("effect", review.Effect.Words, "the review", null),
                new("risk", $"{review.Risk.Score} of 100", string.Join("; ", review.Risk.Reasons.Select(static r => r.Words)), null),
                new("recommendation", review.Recommendation.Words, "the review", null),
                new(
                    "policy",
                    $"version {review.Autonomy.PolicyVersion}: {LevelWords(review.Autonomy.Level)}",
                    review.Autonomy.RuleName ?? "no rule",
                    null
                ),
            ];

    private static string LevelWords(AutonomyLevel level) =>
        level switch
        {
            AutonomyLevel.Act => "automatic",
            AutonomyLevel.ActAndTell => "automatic, with a notification",
            AutonomyLevel.AskOne => "one approval",
            AutonomyLevel.AskTwoInOrder => "two approvals in order",
            _ => "never",
        };

    private async Task<(OrderActionRecord Record, ETag ETag)?> ReadAsync(OrderActionKey key, CancellationToken cancellationToken)
    {
        var row = await tables.OrderActions.GetEntityIfExistsAsync<TableEntity>(
            PartitionOf(key.Order),
            RowKeys.Of(Action, key.Action.Value),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? (Read(row.Value!), row.Value!.ETag) : null;
    }

    private static InvalidOperationException Missing(OrderActionKey key) => new($"Action {key.Action} of order {key.Order} is not stored.");

    private static OrderActionRecord Read(TableEntity row) =>
        JsonSerializer.Deserialize(LongText.Get(row, Document), OrderActionsJson.Default.OrderActionRecord)!;

    private static TableEntity RowOf(OrderActionRecord record)
    {
        var row = new TableEntity(PartitionOf(record.OrderId), RowKeys.Of(Action, record.Id.Value)) { ["State"] = record.State.ToString() };
        LongText.Put(row, Document, JsonSerializer.Serialize(record, OrderActionsJson.Default.OrderActionRecord));
        return row;
    }

    private static string PartitionOf(OrderId order) => RowKeys.Of("order", order.Value);

    private static string OpenKey(OrderActionKey key) => RowKeys.Of(key.Order.Value, key.Action.Value);
}
