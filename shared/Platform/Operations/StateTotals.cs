using System.Globalization;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Orders;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Operations;

/// <summary>
/// Sums over the tables, for reconciliation with the events sent. Sums are over every currency; a retailer with several reconciles each by
/// its own channel.
/// </summary>
public sealed record StateTotals
{
    /// <summary>Orders that were placed.</summary>
    public int Orders { get; init; }

    /// <summary>Refunds that name no order.</summary>
    public int CreditNotes { get; init; }

    /// <summary>Refunds of orders and credit notes.</summary>
    public int Refunds { get; init; }

    public int OrderLines { get; init; }

    public int RefundLines { get; init; }

    public decimal Gross { get; init; }

    public decimal Refunded { get; init; }

    public int Customers { get; init; }

    /// <summary>Stock movements without an order, and their value.</summary>
    public int Movements { get; init; }

    public decimal MovementValue { get; init; }

    /// <summary>Money sold and returned by the stock ledger: the same facts, projected a second time by SKU.</summary>
    public decimal LedgerSold { get; init; }

    public decimal LedgerReturned { get; init; }

    public int Positions { get; init; }

    public int SalesDays { get; init; }

    public int Products { get; init; }

    public int Prices { get; init; }

    public int QuarantinedRecords { get; init; }

    /// <summary>
    /// Reads every row: minutes on a large deployment, so for demos, tests and an operator's reconciliation, not for a dashboard.
    /// </summary>
    public static async Task<StateTotals> ReadAsync(StateTables tables, CancellationToken cancellationToken)
    {
        var totals = new StateTotals();
        var customers = new HashSet<string>(StringComparer.Ordinal);
        await foreach (
            var row in tables.Orders.QueryAsync<TableEntity>(
                select: ["Status", "Lines", "Refunds", "RefundLines", "Gross", "Refunded", "Customer"],
                cancellationToken: cancellationToken
            )
        )
        {
            var placed = row.GetString("Status") is not (nameof(OrderStatus.CreditNote) or nameof(OrderStatus.Announced));
            if (row.GetString("Customer") is { } customer)
                customers.Add(customer);
            totals = totals with
            {
                Orders = totals.Orders + (placed ? 1 : 0),
                CreditNotes = totals.CreditNotes + (placed ? 0 : 1),
                Refunds = totals.Refunds + row.GetInt32("Refunds")!.Value,
                OrderLines = totals.OrderLines + row.GetInt32("Lines")!.Value,
                RefundLines = totals.RefundLines + row.GetInt32("RefundLines")!.Value,
                Gross = totals.Gross + Number(row, "Gross"),
                Refunded = totals.Refunded + Number(row, "Refunded"),
            };
        }
        totals = totals with { Customers = customers.Count };
        var days = new HashSet<(Sku, LocationId, DateOnly)>();
        await foreach (var row in tables.Stock.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
            totals = row.RowKey.StartsWith(StockRows.PageKind, StringComparison.Ordinal)
                ? totals.With(StockForms.Page.Read(row), days)
                : totals with
                {
                    Positions = totals.Positions + 1,
                };
        totals = totals with { SalesDays = days.Count };
        await foreach (var row in tables.Catalog.QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: cancellationToken))
            totals =
                row.RowKey.StartsWith("product|", StringComparison.Ordinal) ? totals with { Products = totals.Products + 1 }
                : row.RowKey.StartsWith("price|", StringComparison.Ordinal) ? totals with { Prices = totals.Prices + 1 }
                : totals;
        await foreach (var _ in tables.Quarantine.QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: cancellationToken))
            totals = totals with { QuarantinedRecords = totals.QuarantinedRecords + 1 };
        return totals;
    }

    private StateTotals With(LedgerPage page, HashSet<(Sku, LocationId, DateOnly)> salesDays)
    {
        var movements = page.Entries.Where(static e => e.Kind == EntryKind.Movement).ToList();
        var days = DailySales.Of(page.Entries);
        // A month that has several pages may have a day on two of them.
        salesDays.UnionWith(days.Select(day => (page.Key.Sku, page.Key.Location, day.Day)));
        return this with
        {
            Movements = Movements + movements.Count,
            MovementValue = MovementValue + movements.Sum(static m => m.Net),
            LedgerSold = LedgerSold + days.Sum(static d => d.SoldNet),
            LedgerReturned = LedgerReturned + days.Sum(static d => d.ReturnedNet),
        };
    }

    private static decimal Number(TableEntity row, string name) => decimal.Parse(row.GetString(name), CultureInfo.InvariantCulture);
}
