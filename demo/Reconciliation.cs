using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Stockgate.Domain;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Demo;

/// <summary>A figure: what was sent, what the tables say, what is in quarantine. It agrees where the last two make the first.</summary>
public sealed record ReconciledFigure(string Name, decimal Sent, decimal Tables, decimal Quarantined)
{
    public bool Agrees => Sent == Tables + Quarantined;
}

/// <summary>Holds what was sent against the tables and the quarantine, read directly from storage.</summary>
public sealed class Reconciliation(string storage)
{
    private readonly StateTables tables = new(new TableServiceClient(storage), Bucket.DefaultCount);

    public StateTables Tables => tables;

    public Task<StateTotals> ReadAsync(CancellationToken cancellationToken) => StateTotals.ReadAsync(tables, cancellationToken);

    /// <summary>Counts and sums of the quarantined canonical records, and how often each reason stands there.</summary>
    public async Task<(Tally Tally, IReadOnlyDictionary<string, int> Reasons)> QuarantineAsync(CancellationToken cancellationToken)
    {
        var store = new QuarantineStore(tables, new BlobServiceClient(storage), TimeProvider.System);
        var list = new QuarantineList(tables);
        var (tally, reasons, after) = (new Tally(), new SortedDictionary<string, int>(StringComparer.Ordinal), (string?)null);
        do
        {
            var (records, next) = await list.PageAsync(new QuarantineFilter(null), 500, after, cancellationToken);
            foreach (var part in records.Chunk(16))
            foreach (var bytes in await Task.WhenAll(part.Select(record => store.ReadBytesAsync(record, cancellationToken))))
                tally.Add(bytes);
            foreach (var record in records)
            {
                var reason = $"{System.Text.RegularExpressions.Regex.Replace(record.Field, @"\[\d+\]", "[]")} {record.Reason}";
                reason = reason.Length <= 90 ? reason : reason[..90] + "…";
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }
            after = next;
        } while (after is not null);
        return (tally, reasons);
    }

    public static IReadOnlyList<ReconciledFigure> Figures(Tally sent, StateTotals totals, Tally quarantined) =>
        [
            new("orders", sent.Orders, totals.Orders, quarantined.Orders),
            new("refunds and cancellations", sent.Refunds, totals.Refunds, quarantined.Refunds),
            new("stock movements", sent.Movements, totals.Movements, quarantined.Movements),
            new("lines of these", sent.Lines, totals.OrderLines + totals.RefundLines + totals.Movements, quarantined.Lines),
            new("products", sent.Products, totals.Products, quarantined.Products),
            new("prices", sent.Prices, totals.Prices, quarantined.Prices),
            new("customers", sent.Customers, totals.Customers, 0),
            new("money", sent.Money, totals.Gross - totals.Refunded + totals.MovementValue, quarantined.Money),
            new("money sold, by the stock ledger", sent.Gross, totals.LedgerSold, quarantined.Gross),
            new("money returned, by the stock ledger", sent.Refunded, totals.LedgerReturned, quarantined.Refunded),
        ];

    /// <summary>A count or an amount as it is printed.</summary>
    public static string Text(decimal figure) =>
        figure == decimal.Truncate(figure)
            ? figure.ToString("#,0", CultureInfo.InvariantCulture)
            : figure.ToString("#,0.00#######", CultureInfo.InvariantCulture);
}
