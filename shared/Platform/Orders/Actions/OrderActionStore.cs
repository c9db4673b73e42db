using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>Names an action: an order's actions stand together.</summary>
public sealed record OrderActionKey(OrderId Order, ActionId Action);

/// <summary>
/// Actions on orders: a partition per order, with a head row that numbers them, so that two requests at one moment are one after the other; and a partition that lists the open ones. Steps of an action are
/// put on the audit chain of its order.
/// </summary>
public sealed class OrderActionStore(StateTables tables, DecisionLog decisions)
{
    private const string Action = "action", Head = "head", Open = "open", Last = "Last", Document = "Document";

    private const int Remembered = 10_000;

    // The last step of each that is known to be on the chain; forgotten as a whole, because asking again is only slower.
    private readonly ConcurrentDictionary<ActionId, int> audited = new();

    public static string SubjectOf(OrderId order) => $"order {order}";

    /// <summary>Adds an action. What <paramref name="make"/> gets is all that the order has at that moment; where another one was added meanwhile it is called again.</summary>
    /// <param name="key">The action.</param>
    /// <param name="customer">Whose order it is; null where that is not known.</param>
    /// <param name="make">The record, from its number and the order's other actions; null to add none.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>The record as it is stored; the earlier one where it was there; null where none was made.</returns>
    public async Task<OrderActionRecord?> AddAsync(OrderActionKey key, string? customer, Func<int, IReadOnlyList<OrderActionRecord>, OrderActionRecord?> make, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(key.Order);
        while (true)
        {
            var head = await tables.OrderActions.GetEntityIfExistsAsync<TableEntity>(partition, Head, cancellationToken: cancellationToken);
            var others = await ListAsync(key.Order, cancellationToken);
            if (others.FirstOrDefault(o => o.Id == key.Action) is { } there) return there;
            var number = (head.HasValue ? head.Value!.GetInt32(Last)!.Value : 0) + 1;
            if (make(number, others) is not { } record) return null;
            // Listed first: an action that is on the list and not there is passed over, one that is there and not on the list would wait for ever.
            await tables.OrderActions.UpsertEntityAsync(new TableEntity(Open, OpenKey(key)) { ["Order"] = key.Order.Value, [Action] = key.Action.Value }, TableUpdateMode.Replace, cancellationToken);
            var moved = new TableEntity(partition, Head) { [Last] = number };
            try
            {
                // One transaction: of two requests that saw the same head one is numbered, and the other sees it when it tries again.
                await tables.OrderActions.SubmitTransactionAsync(
                    [new(TableTransactionActionType.Add, RowOf(record)), head.HasValue ? new(TableTransactionActionType.UpdateReplace, moved, head.Value!.ETag) : new(TableTransactionActionType.Add, moved)], cancellationToken);
            }
            catch (TableTransactionFailedException lost) when (lost.Status is 409 or 412)
            {
                continue;
            }
            if (customer is not null)
                await tables.OrderActions.UpsertEntityAsync(new TableEntity(RowKeys.Of("customer", customer), RowKeys.Of($"{record.RequestedAt.UtcTicks:00000000000000000000}", key.Action.Value)), TableUpdateMode.Replace, cancellationToken);
            await AuditAsync(record, cancellationToken);
            return record;
        }
    }

    public async Task<OrderActionRecord?> FindAsync(OrderActionKey key, CancellationToken cancellationToken) => (await ReadAsync(key, cancellationToken))?.Record;

    /// <exception cref="InvalidOperationException">There is no such action.</exception>
    public async Task<OrderActionRecord> GetAsync(OrderActionKey key, CancellationToken cancellationToken) => await FindAsync(key, cancellationToken) ?? throw new InvalidOperationException($"Action {key.Action} of order {key.Order} is not stored.");

    /// <summary>An order's actions, the first one first.</summary>
    public async Task<IReadOnlyList<OrderActionRecord>> ListAsync(OrderId order, CancellationToken cancellationToken)
    {
        var found = new List<OrderActionRecord>();
        await foreach (var row in tables.OrderActions.QueryAsync<TableEntity>(RowKeys.Under(PartitionOf(order), Action), cancellationToken: cancellationToken)) found.Add(Read(row));
        return [.. found.OrderBy(static a => a.Number)];
    }

    /// <summary>Actions that are not over.</summary>
    public async Task<IReadOnlyList<OrderActionKey>> ListOpenAsync(CancellationToken cancellationToken)
    {
        var found = new List<OrderActionKey>();
        await foreach (var row in tables.OrderActions.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Open}"), cancellationToken: cancellationToken))
            found.Add(new OrderActionKey(new OrderId(row.GetString("Order")), new ActionId(row.GetString(Action))));
        return found;
    }

    /// <summary>How many actions were asked for on a customer's orders since a moment.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> AskedSinceAsync(string customer, DateTimeOffset since, ActionId but, CancellationToken cancellationToken)
    {
        var (found, partition) = (new List<DateTimeOffset>(), RowKeys.Of("customer", customer));
        await foreach (var row in tables.OrderActions.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {$"{since.UtcTicks:00000000000000000000}"}"), select: ["RowKey"], cancellationToken: cancellationToken))
            if (!row.RowKey.EndsWith(RowKeys.Of("", but.Value), StringComparison.Ordinal)) found.Add(new DateTimeOffset(long.Parse(row.RowKey.AsSpan(0, 20), System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero));
        return found;
    }

    /// <summary>Changes a record by a function of it, which is called again where somebody else wrote in between.</summary>
    /// <exception cref="InvalidOperationException">There is no such action.</exception>
    public async Task<OrderActionRecord> ChangeAsync(OrderActionKey key, Func<OrderActionRecord, OrderActionRecord> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (before, etag) = await ReadAsync(key, cancellationToken) ?? throw new InvalidOperationException($"Action {key.Action} of order {key.Order} is not stored.");
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
            if (after.Timeline.Count > 0) await AuditAsync(after, cancellationToken);
            return after;
        }
    }

    /// <summary>Takes an action off the list of the open ones.</summary>
    public Task DelistAsync(OrderActionKey key, CancellationToken cancellationToken) => tables.OrderActions.DeleteEntityAsync(Open, OpenKey(key), ETag.All, cancellationToken);

    // Every step that is not known to be on the chain: after a crash the next change would otherwise pass over the one that was written and not recorded.
    private async Task AuditAsync(OrderActionRecord record, CancellationToken cancellationToken)
    {
        for (var number = audited.TryGetValue(record.Id, out var last) ? last + 1 : 0; number <= record.Timeline.Count; number++) await AuditAsync(record, number, cancellationToken);
        if (audited.Count >= Remembered) audited.Clear();
        audited[record.Id] = record.Timeline.Count;
    }

    private Task AuditAsync(OrderActionRecord record, int number, CancellationToken cancellationToken)
    {
        var step = number == 0 ? null : record.Timeline[number - 1];
        return decisions.AppendOnceAsync(new DecisionRecord
        {
            Subject = SubjectOf(record.OrderId), DecidedAt = step?.At ?? record.RequestedAt, DecidedBy = step?.By ?? record.Request.RequestedBy, Decision = $"{record.Request.Action}: {(step is null ? "asked for" : $"{step.State}. {step.Words}")}",
            Inputs = [new DecisionInput("action", record.Id.Value, record.Request.RequestedBy, null), new DecisionInput("reason", record.Request.Reason, record.Request.RequestedBy, null), .. Basis(record)],
            Verdicts = step?.State is OrderActionState.Asked or null ? [] : record.Review?.Feasibility.Checks ?? [],
            Published = step?.State == OrderActionState.Executing && record.Message is { } sent ? [sent.Id] : [],
        }, $"action {record.Id} {number}", cancellationToken);
    }

    private static IEnumerable<DecisionInput> Basis(OrderActionRecord record) => record.Review is not { } review ? [] :
    [
        new("effect", review.Effect.Words, "the review", null), new("risk", $"{review.Risk.Score} of 100", string.Join("; ", review.Risk.Reasons.Select(static r => r.Words)), null), new("recommendation", review.Recommendation.Words, "the review", null),
        new("policy", $"version {review.Autonomy.PolicyVersion}: {review.Autonomy.Level}", review.Autonomy.RuleName ?? "no rule", null),
    ];

    private async Task<(OrderActionRecord Record, ETag ETag)?> ReadAsync(OrderActionKey key, CancellationToken cancellationToken)
    {
        var row = await tables.OrderActions.GetEntityIfExistsAsync<TableEntity>(PartitionOf(key.Order), RowKeys.Of(Action, key.Action.Value), cancellationToken: cancellationToken);
        return row.HasValue ? (Read(row.Value!), row.Value!.ETag) : null;
    }

    private static OrderActionRecord Read(TableEntity row) => JsonSerializer.Deserialize(LongText.Get(row, Document), OrderActionsJson.Default.OrderActionRecord)!;

    private static TableEntity RowOf(OrderActionRecord record)
    {
        var row = new TableEntity(PartitionOf(record.OrderId), RowKeys.Of(Action, record.Id.Value)) { ["State"] = record.State.ToString() };
        LongText.Put(row, Document, JsonSerializer.Serialize(record, OrderActionsJson.Default.OrderActionRecord));
        return row;
    }

    private static string PartitionOf(OrderId order) => RowKeys.Of("order", order.Value);

    private static string OpenKey(OrderActionKey key) => RowKeys.Of(key.Order.Value, key.Action.Value);
}
