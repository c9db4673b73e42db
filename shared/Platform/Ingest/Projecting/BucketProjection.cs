using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Orders;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Orders;
using Stockgate.Platform.Orders.Accuracy;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Projecting;

/// <summary>
/// The state of one bucket during a batch: applies messages in memory, writes the changed rows and sends follow-up messages.
/// </summary>
internal sealed class BucketProjection(StateTables tables, EventQueue queue, TimeProvider time, string bucket)
{
    // Cached: rows that an order's events and a SKU's month use repeatedly; others are reread when needed.
    private const int OrdersKept = 0,
        StockRowsKept = 400,
        CatalogRowsKept = 0,
        ReportsKept = 0;

    // Position and page of an entry are changed together: a transaction is closed while both still fit.
    private const int RowsBeforeWrite = BucketRows.TransactionRows - 4;

    // Orders that hold something for longer are named by their own troubles.
    private static readonly TimeSpan HoldsLookedAt = TimeSpan.FromDays(92);

    private readonly BucketRows orders = new(tables.Orders, bucket),
        stock = new(tables.Stock, bucket),
        catalog = new(tables.Catalog, bucket),
        reports = new(tables.PromotionReports, bucket);

    private readonly ProjectionFindings findings = new(new ExceptionLog(tables));

    private OrderProjection? ofOrders;

    private bool ask;

    private OrderProjection Orders => ofOrders ??= new OrderProjection(orders, findings, time);

    public long RowsWritten => orders.Written + stock.Written + catalog.Written + reports.Written;

    /// <summary>
    /// Applies the messages in their order. When it ends, everything that they change is written and everything that follows is in the
    /// queue.
    /// </summary>
    public async Task ApplyAsync(IReadOnlyList<QueuedMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAndWriteAsync(messages, cancellationToken);
        }
        catch (Exception failure)
        {
            // Something was there that was taken for new: the next try asks for everything.
            ask = failure is StaleRowsException;
            // The state in memory may be ahead of storage, so the next attempt rereads it.
            Forget();
            throw;
        }
    }

    private async Task ApplyAndWriteAsync(IReadOnlyList<QueuedMessage> messages, CancellationToken cancellationToken)
    {
        var ledger = new StockRows(stock);
        var aboutOrders = messages.Where(static m => m.Data is OrderEvent).Select(static m => (m.Header!, (OrderEvent)m.Data!));
        await Orders.LoadAsync([.. aboutOrders], ask, cancellationToken);
        await catalog.LoadAsync(
            messages
                .Where(static m => m.Data is SkuEvent said && IsLevelOfCatalog(said))
                .Select(static m => CatalogForms.KeyOf(m.Header!, (SkuEvent)m.Data!))
                .Concat(messages.Where(IsReceipt).Select(static m => CatalogForms.ReceiptKey(m.Header!, (StockMoved)m.Data!))),
            cancellationToken
        );
        await reports.LoadAsync(
            messages
                .Where(static m => m.Data is PromotionReport)
                .Select(static m => ReportForms.KeyOf(m.Header!.Channel, (PromotionReport)m.Data!)),
            cancellationToken
        );
        var counts = messages.Where(static m => m.Data is StockCounted).Select(static m => (m.Header!, (StockCounted)m.Data!));
        await ledger.LoadAsync([.. messages.SelectMany(static m => m.Entries)], [.. counts], ask, cancellationToken);
        foreach (var message in messages)
        {
            foreach (var entry in message.Entries)
            {
                if (!ledger.Post(entry) && message.Header is { } header)
                    FindConflict(header, message.Data!);
                if (stock.Changed >= RowsBeforeWrite)
                    await WriteStockAsync(ledger, cancellationToken);
            }
            if (message.Data is OrderEvent order)
                Orders.Apply(message.Header!, order);
            else if (message.Data is StockCounted counted)
            {
                if (!await ledger.CountAsync(message.Header!, counted, cancellationToken))
                    FindConflict(message.Header!, counted);
                if (stock.Changed >= RowsBeforeWrite)
                    await WriteStockAsync(ledger, cancellationToken);
            }
            else if (message.Data is PromotionReport report)
                Apply(message.Header!, report);
            else if (message.Data is SkuEvent level && IsLevelOfCatalog(level))
                Apply(message.Header!, level);
            if (IsReceipt(message))
                Keep(
                    catalog,
                    CatalogForms.ReceiptKey(message.Header!, (StockMoved)message.Data!),
                    message.Header!,
                    (StockMoved)message.Data!,
                    CatalogForms.Receipt
                );
        }
        await WriteStockAsync(ledger, cancellationToken);
        await CustomerOrders.WriteAsync(tables.CustomerOrders, bucket, Orders.OfCustomers, Orders.Left, cancellationToken);
        await OrderWatch.WriteAsync(tables.OrderWatch, bucket, Orders.Watched, time.GetUtcNow(), cancellationToken);
        await orders.WriteAsync(cancellationToken);
        await catalog.WriteAsync(cancellationToken);
        await reports.WriteAsync(cancellationToken);
        // After the documents and before the messages are settled: a crash in between delivers the messages again, and every entry is
        // sent then.
        await queue.SendAsync(Orders.Postings, cancellationToken);
        await findings.TellAsync(time.GetUtcNow(), cancellationToken);
        orders.EndBatch(OrdersKept);
        stock.EndBatch(StockRowsKept);
        catalog.EndBatch(CatalogRowsKept);
        reports.EndBatch(ReportsKept);
        ask = false;
    }

    private void Forget()
    {
        orders.Forget();
        stock.Forget();
        catalog.Forget();
        reports.Forget();
        findings.Forget();
    }

    private async Task WriteStockAsync(StockRows ledger, CancellationToken cancellationToken)
    {
        // Told before it is written: a crash in between tells it twice, the other way round never.
        foreach (var (before, after) in ledger.TakeChanges())
        {
            var (was, now) = (Oversold.Short(before), Oversold.Short(after));
            if (now > was)
            {
                var held = await ledger.EntriesSinceAsync(after, time.GetUtcNow() - HoldsLookedAt, cancellationToken);
                findings.Add(Oversold.Exception(after, now - was, OpenHolds.Of(held), time.GetUtcNow()));
            }
            else if (was > Quantity.Zero && now == Quantity.Zero)
                findings.Mended(Oversold.ExceptionType, Oversold.SubjectOf(after));
        }
        await findings.TellAsync(time.GetUtcNow(), cancellationToken);
        await stock.WriteAsync(cancellationToken);
    }

    private void FindConflict(EventHeader header, ChannelEvent said) =>
        findings.Add(EventConflict.Exception(header, EventTypes.NameOf(said), said.Subject, time.GetUtcNow()));

    private void Apply(EventHeader header, PromotionReport said)
    {
        var key = ReportForms.KeyOf(header.Channel, said);
        Keep(reports, key, header, said, ReportForms.Form);
    }

    private void Apply(EventHeader header, SkuEvent said)
    {
        switch (said)
        {
            case ProductUpdated product:
                Keep(header, product, CatalogForms.Product);
                break;
            case PriceChanged price:
                Keep(header, price, CatalogForms.Price);
                break;
            case PriceObserved shown:
                Keep(header, shown, CatalogForms.ObservedPrice);
                break;
            case CompetitorPriceObserved seen:
                Keep(header, seen, CatalogForms.CompetitorPrice);
                break;
            case PriceAnswered answered:
                Keep(header, answered, CatalogForms.PriceAnswer);
                break;
            case SupplierConfirmed confirmed:
                Keep(header, confirmed, CatalogForms.Confirmation);
                break;
            case SupplierShipped shipped:
                Keep(header, shipped, CatalogForms.Shipment);
                break;
            case SupplierCost cost:
                Keep(header, cost, CatalogForms.Cost);
                break;
        }
    }

    private void Keep<T>(EventHeader header, T said, RowForm<Fact<T>> form)
        where T : SkuEvent => Keep(catalog, CatalogForms.KeyOf(header, said), header, said, form);

    private void Keep<T>(BucketRows rows, string key, EventHeader header, T said, RowForm<Fact<T>> form)
        where T : ChannelEvent
    {
        var known = rows.Get(key, form);
        if (Repeat.Contradicts(header, said, known?.Version, known?.Said))
            FindConflict(header, said);
        else if (header.Version.IsNewerThan(known?.Version))
            rows.Set(key, new Fact<T>(header.Channel, header.Version, said), form);
    }

    // On which order goods came the ledger does not say; whether suppliers keep their word is judged by it.
    private static bool IsReceipt(QueuedMessage message) =>
        message is { Header: not null, Data: StockMoved { Kind: MovementKind.Receipt, Document.Length: > 0 } };

    private static bool IsLevelOfCatalog(SkuEvent said) => said is not (StockCounted or StockMoved);
}
