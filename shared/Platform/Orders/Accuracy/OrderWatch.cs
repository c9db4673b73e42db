using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>An order being processed.</summary>
/// <param name="Revision">Of the order's document, as the events had it that made it due; the document may be a moment behind.</param>
/// <param name="ChangedAt">When these events were applied.</param>
internal sealed record WatchedOrder(
    OrderId OrderId,
    int Revision,
    DateTimeOffset DueAt,
    DateTimeOffset ChangedAt,
    OrderCareState State,
    ETag ETag
);

/// <summary>
/// The schedule of order processing: a small row beside each order to be shipped, written by the order's writer, updated and removed by
/// <see cref="OrderCare"/>.
/// </summary>
internal sealed class OrderWatch(StateTables tables)
{
    private const string Order = "OrderId",
        Revision = "Revision",
        Due = "DueAt",
        Changed = "ChangedAt",
        UnderWay = "UnderWay",
        Troubled = "Troubled",
        Care = "Care";

    /// <summary>
    /// Makes orders due. Written before the orders themselves: a crash in between has the events delivered again, and the other way round
    /// an applied event could be missed permanently.
    /// </summary>
    public static async Task WriteAsync(
        TableClient table,
        string bucket,
        IReadOnlyCollection<OrderDocument> changed,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // Merged, so that the processing state stays.
        foreach (var rows in changed.Chunk(BucketRows.TransactionRows))
            await table.SubmitTransactionAsync(
                rows.Select(order => new TableTransactionAction(
                    TableTransactionActionType.UpsertMerge,
                    new TableEntity(bucket, RowKeys.Of("order", order.OrderId.Value))
                    {
                        [Order] = order.OrderId.Value,
                        [Revision] = order.Revision,
                        [Due] = now,
                        [Changed] = now,
                    }
                )),
                cancellationToken
            );
    }

    /// <summary>Due orders, the longest overdue first, and the units reserved by plans of other orders.</summary>
    public async Task<(IReadOnlyList<WatchedOrder> Due, IReadOnlyList<WatchedOrder> UnderWay)> DueAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (due, underWay) = (new List<WatchedOrder>(), new List<WatchedOrder>());
        await foreach (
            var row in tables.OrderWatch.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"DueAt le {now} or UnderWay eq {true}"),
                cancellationToken: cancellationToken
            )
        )
        {
            var watched = Read(row);
            if (watched.DueAt <= now)
                due.Add(watched);
            if (watched.State.Allocation is { UnderWay: true })
                underWay.Add(watched);
        }
        return ([.. due.OrderBy(static w => w.DueAt).ThenBy(static w => w.OrderId.Value, StringComparer.Ordinal)], underWay);
    }

    public async Task<WatchedOrder?> FindAsync(OrderId order, CancellationToken cancellationToken)
    {
        var row = await tables.OrderWatch.GetEntityIfExistsAsync<TableEntity>(
            tables.PartitionOf(order),
            KeyOf(order),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>Every order with an open trouble.</summary>
    public async Task<IReadOnlyList<WatchedOrder>> TroubledAsync(CancellationToken cancellationToken)
    {
        var found = new List<WatchedOrder>();
        await foreach (
            var row in tables.OrderWatch.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"Troubled eq {true}"),
                cancellationToken: cancellationToken
            )
        )
            found.Add(Read(row));
        return found;
    }

    /// <returns>The row as it stands now; null if an event came meanwhile: the order is due again, and nothing is changed.</returns>
    public async Task<WatchedOrder?> SaveAsync(
        WatchedOrder watched,
        DateTimeOffset dueAt,
        OrderCareState state,
        CancellationToken cancellationToken
    )
    {
        var row = new TableEntity(tables.PartitionOf(watched.OrderId), KeyOf(watched.OrderId))
        {
            [Due] = dueAt,
            [UnderWay] = state.Allocation is { UnderWay: true },
            [Troubled] = state.Troubles.Count > 0,
        };
        LongText.Put(row, Care, JsonSerializer.Serialize(state, OrderCareJson.Default.OrderCareState));
        try
        {
            var saved = await tables.OrderWatch.UpdateEntityAsync(row, watched.ETag, TableUpdateMode.Merge, cancellationToken);
            return watched with { DueAt = dueAt, State = state, ETag = saved.Headers.ETag!.Value };
        }
        catch (RequestFailedException lost) when (lost.Status is 412 or 404)
        {
            return null;
        }
    }

    /// <returns>False if an event came meanwhile: the row stays.</returns>
    public async Task<bool> RemoveAsync(WatchedOrder watched, CancellationToken cancellationToken)
    {
        try
        {
            await tables.OrderWatch.DeleteEntityAsync(
                tables.PartitionOf(watched.OrderId),
                KeyOf(watched.OrderId),
                watched.ETag,
                cancellationToken
            );
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 412 or 404)
        {
            return false;
        }
    }

    private static WatchedOrder Read(TableEntity row) =>
        new(
            new OrderId(row.GetString(Order)),
            row.GetInt32(Revision) ?? 0,
            row.GetDateTimeOffset(Due)!.Value,
            row.GetDateTimeOffset(Changed)!.Value,
            LongText.Get(row, Care) is { Length: > 0 } care
                ? JsonSerializer.Deserialize(care, OrderCareJson.Default.OrderCareState)!
                : new OrderCareState(),
            row.ETag
        );

    private static string KeyOf(OrderId order) => RowKeys.Of("order", order.Value);
}
