using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Accuracy;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>
/// The quality rating of each shipped order, one row under the month of its completion, or of its due date if it is late.
/// </summary>
public sealed class OrderQuality(StateTables tables)
{
    private const string At = "At";

    /// <summary>Keeps an order's verdict in place of an earlier one.</summary>
    /// <param name="order">The order.</param>
    /// <param name="verdict">Null if the order does not count, or not any more.</param>
    /// <param name="before">The month under which an earlier verdict is kept; null if none is.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The month under which it is kept now; null if none is.</returns>
    internal async Task<string?> KeepAsync(
        OrderDocument order,
        PerfectOrderVerdict? verdict,
        string? before,
        CancellationToken cancellationToken
    )
    {
        var at = FulfilmentCheck.CompletedAt(order) ?? order.Placed?.Said.PromisedBy;
        var month = verdict is null || at is null ? null : MonthOf(DateOnly.FromDateTime(at.Value.UtcDateTime));
        if (month is not null)
            await tables.OrderQuality.UpsertEntityAsync(
                new TableEntity(month, KeyOf(order.OrderId))
                {
                    ["OrderId"] = order.OrderId.Value,
                    [At] = at!.Value,
                    [nameof(verdict.Complete)] = verdict!.Complete,
                    [nameof(verdict.OnTime)] = verdict.OnTime,
                    [nameof(verdict.Undamaged)] = verdict.Undamaged,
                    [nameof(verdict.RightDocuments)] = verdict.RightDocuments,
                },
                TableUpdateMode.Replace,
                cancellationToken
            );
        // After the new one: an order that is counted twice for a moment is better than one that is lost by a crash. Late and not there,
        // it was kept under the month of its promise; that is not always remembered, because an order that nobody says arrived is let go
        // in the end.
        var promised = order.Placed?.Said.PromisedBy is { } by ? MonthOf(DateOnly.FromDateTime(by.UtcDateTime)) : null;
        foreach (var other in new[] { before, promised }.OfType<string>().Distinct().Where(other => other != month))
            await tables.OrderQuality.DeleteEntityAsync(other, KeyOf(order.OrderId), ETag.All, cancellationToken);
        return month;
    }

    /// <summary>The rate of the orders that were complete between two days, both included, in UTC.</summary>
    public async Task<PerfectOrderRate> RateAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var verdicts = new List<PerfectOrderVerdict>();
        var (start, end) = (
            new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero),
            new DateTimeOffset(to, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1)
        );
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
        {
            var partition = MonthOf(month);
            await foreach (
                var row in tables.OrderQuality.QueryAsync<TableEntity>(
                    TableClient.CreateQueryFilter($"PartitionKey eq {partition} and At ge {start} and At lt {end}"),
                    cancellationToken: cancellationToken
                )
            )
                verdicts.Add(Read(row));
        }
        return PerfectOrder.RateOf(verdicts);
    }

    private static PerfectOrderVerdict Read(TableEntity row)
    {
        bool Is(string name) => row.GetBoolean(name) == true;
        return new(
            new OrderId(row.GetString("OrderId")),
            Is(nameof(PerfectOrderVerdict.Complete)),
            Is(nameof(PerfectOrderVerdict.OnTime)),
            Is(nameof(PerfectOrderVerdict.Undamaged)),
            Is(nameof(PerfectOrderVerdict.RightDocuments))
        );
    }

    private static string MonthOf(DateOnly day) => day.ToString("yyyyMM", CultureInfo.InvariantCulture);

    private static string KeyOf(OrderId order) => RowKeys.Of("order", order.Value);
}
