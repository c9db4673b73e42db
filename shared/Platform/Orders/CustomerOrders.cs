using System.Globalization;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders;

/// <summary>One order of a customer, as far as a decision about another one needs it.</summary>
public sealed record CustomerOrder(OrderId OrderId, DateTimeOffset? PlacedAt, Currency? Currency, decimal Gross, decimal Refunded);

/// <summary>
/// Which orders a customer has: a small row beside each order, in the order's bucket and written by its one writer, so that placing an order costs no round trip of its own. A customer's orders are
/// found by one short query a bucket, which only a review of an action pays for.
/// </summary>
public sealed class CustomerOrders(StateTables tables)
{
    private const int QueriesAtOnce = 16;

    /// <summary>The rows of orders that changed. Written before the orders themselves: a crash in between has the events delivered again, and then both are written.</summary>
    internal static async Task WriteAsync(TableClient table, string bucket, IReadOnlyCollection<OrderDocument> changed, CancellationToken cancellationToken)
    {
        foreach (var rows in changed.Where(static o => o.Customer() is not null && o.Placed?.Said.Test != true).Chunk(BucketRows.TransactionRows))
            await table.SubmitTransactionAsync(rows.Select(order => new TableTransactionAction(TableTransactionActionType.UpsertMerge, RowOf(bucket, order))), cancellationToken);
    }

    /// <summary>Every order of a customer.</summary>
    public async Task<IReadOnlyCollection<CustomerOrder>> OfAsync(string customer, CancellationToken cancellationToken)
    {
        var found = new System.Collections.Concurrent.ConcurrentBag<CustomerOrder>();
        var buckets = Enumerable.Range(0, tables.Buckets).Select(number => new Bucket(number).Key);
        await Parallel.ForEachAsync(buckets, new ParallelOptions { MaxDegreeOfParallelism = QueriesAtOnce, CancellationToken = cancellationToken }, async (bucket, cancellation) =>
        {
            await foreach (var row in tables.CustomerOrders.QueryAsync<TableEntity>(RowKeys.Under(bucket, customer), cancellationToken: cancellation)) found.Add(Read(row));
        });
        return found;
    }

    private static TableEntity RowOf(string bucket, OrderDocument order)
    {
        var row = new TableEntity(bucket, RowKeys.Of(order.Customer()!, order.OrderId.Value))
        {
            ["OrderId"] = order.OrderId.Value, ["Gross"] = order.Gross().ToString(CultureInfo.InvariantCulture), ["Refunded"] = order.Refunded().ToString(CultureInfo.InvariantCulture),
        };
        if (order.Currency() is { } currency) row["Currency"] = currency.Code;
        if (order.Placed is { } placed) row["PlacedAt"] = placed.At;
        return row;
    }

    private static CustomerOrder Read(TableEntity row) => new(
        new OrderId(row.GetString("OrderId")), row.GetDateTimeOffset("PlacedAt"), Currency.TryParse(row.GetString("Currency") ?? "", out var currency) ? currency : null,
        decimal.Parse(row.GetString("Gross"), CultureInfo.InvariantCulture), decimal.Parse(row.GetString("Refunded"), CultureInfo.InvariantCulture));
}
