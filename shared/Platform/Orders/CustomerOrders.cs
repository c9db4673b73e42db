using System.Globalization;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders;

/// <summary>One order of a customer, as far as a decision about another one needs it.</summary>
public sealed record CustomerOrder(OrderId OrderId, DateTimeOffset? PlacedAt, Currency? Currency, decimal Gross, decimal Refunded);

/// <summary>
/// Which orders a customer has: a small row beside each order, in the order's bucket and written by its one writer, so that placing an
/// order costs no round trip of its own. A customer's orders are found by one short query a bucket, which only a review of an action pays
/// for.
/// </summary>
public sealed class CustomerOrders(StateTables tables)
{
    private const int QueriesAtOnce = 16;

    /// <summary>
    /// The rows of orders that changed. Written before the orders themselves: a crash in between has the events delivered again, and then
    /// both are written.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="bucket">The orders' bucket.</param>
    /// <param name="changed">Orders as they are now.</param>
    /// <param name="left">Customers that orders were once taken to be of: nothing of these orders is theirs.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    internal static async Task WriteAsync(
        TableClient table,
        string bucket,
        IReadOnlyCollection<OrderDocument> changed,
        IReadOnlyCollection<(string Customer, OrderId Order)> left,
        CancellationToken cancellationToken
    )
    {
        var rows = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        foreach (var (customer, order) in left)
        {
            var none = RowOf(bucket, customer, new OrderDocument { OrderId = order });
            rows[none.RowKey] = none;
        }
        foreach (var order in changed.Where(static o => o.Placed?.Said.Test != true))
            if (order.Customer() is { } customer && RowOf(bucket, customer, order) is var row)
                rows[row.RowKey] = row;
        foreach (var chunk in rows.Values.Chunk(BucketRows.TransactionRows))
            await table.SubmitTransactionAsync(
                chunk.Select(static row => new TableTransactionAction(TableTransactionActionType.UpsertMerge, row)),
                cancellationToken
            );
    }

    /// <summary>Every order of a customer.</summary>
    public async Task<IReadOnlyCollection<CustomerOrder>> OfAsync(string customer, CancellationToken cancellationToken)
    {
        var found = new System.Collections.Concurrent.ConcurrentBag<CustomerOrder>();
        var buckets = Enumerable.Range(0, tables.Buckets).Select(number => new Bucket(number).Key);
        await Parallel.ForEachAsync(
            buckets,
            new ParallelOptions { MaxDegreeOfParallelism = QueriesAtOnce, CancellationToken = cancellationToken },
            async (bucket, cancellation) =>
            {
                await foreach (
                    var row in tables.CustomerOrders.QueryAsync<TableEntity>(
                        RowKeys.Under(bucket, customer),
                        cancellationToken: cancellation
                    )
                )
                    found.Add(Read(row));
            }
        );
        return found;
    }

    private static TableEntity RowOf(string bucket, string customer, OrderDocument order)
    {
        var row = new TableEntity(bucket, RowKeys.Of(customer, order.OrderId.Value))
        {
            ["OrderId"] = order.OrderId.Value,
            ["Gross"] = order.Gross().ToString(CultureInfo.InvariantCulture),
            ["Refunded"] = order.Refunded().ToString(CultureInfo.InvariantCulture),
        };
        if (order.Currency() is { } currency)
            row["Currency"] = currency.Code;
        if (order.Placed is { } placed)
            row["PlacedAt"] = placed.At;
        return row;
    }

    private static CustomerOrder Read(TableEntity row) =>
        new(
            new OrderId(row.GetString("OrderId")),
            row.GetDateTimeOffset("PlacedAt"),
            Currency.TryParse(row.GetString("Currency") ?? "", out var currency) ? currency : null,
            decimal.Parse(row.GetString("Gross"), CultureInfo.InvariantCulture),
            decimal.Parse(row.GetString("Refunded"), CultureInfo.InvariantCulture)
        );
}
