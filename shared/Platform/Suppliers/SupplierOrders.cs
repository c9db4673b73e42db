using System.Globalization;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Stockgate.Domain;
using Stockgate.Domain.Edi;
using Stockgate.Platform.Catalog;

namespace Stockgate.Platform.Suppliers;

/// <summary>
/// Sends purchase orders to suppliers: a file in the blob container <c>outbox/SUPPLIER/</c>, from where the connection to the supplier
/// (AS2, SFTP, a value-added network) takes it. A supplier without settings gets none.
/// </summary>
public sealed class SupplierOrders(
    SupplierOrderOptions options,
    CatalogReader catalog,
    ControlNumbers numbers,
    BlobServiceClient blobs,
    TimeProvider time
)
{
    private readonly BlobContainerClient outbox = blobs.GetBlobContainerClient("outbox");

    /// <summary>Writes an order once, however often it is sent. With another quantity it replaces the one before.</summary>
    /// <param name="number">Of the purchase order.</param>
    /// <param name="sku">What is ordered, of the supplier that its product data name.</param>
    /// <param name="region">Where it goes.</param>
    /// <param name="units">How many.</param>
    /// <param name="dueAt">When it is wanted.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The blob; null where the supplier gets no messages, or none is known.</returns>
    public async Task<string?> SendAsync(
        string number,
        Sku sku,
        RegionId region,
        Quantity units,
        DateTimeOffset dueAt,
        CancellationToken cancellationToken
    )
    {
        var item = await catalog.FindAsync(sku, cancellationToken);
        if (item?.Product?.Value.Supplier is not { } supplier || options.Suppliers.GetValueOrDefault(supplier) is not { } terms)
            return null;
        await outbox.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var folder = $"{Uri.EscapeDataString(supplier)}/{Uri.EscapeDataString(number)}";
        var name = $"{folder}-{units.Value.ToString("0.###", CultureInfo.InvariantCulture)}.edi";
        if (await outbox.GetBlobClient(name).ExistsAsync(cancellationToken))
            return name;
        var now = time.GetUtcNow();
        var cost = CostOf(item, supplier, now);
        var order = new PurchaseOrder(
            number,
            now,
            terms.ShipTo.GetValueOrDefault(region.Value, region.Value),
            dueAt,
            [new PurchaseOrderLine(sku, units, cost?.Amount)],
            cost?.Currency.ToString(),
            Replaces: await AnyAsync($"{folder}-", cancellationToken)
        );
        var address = new EdiAddress(
            terms.Sender!,
            terms.SenderQualifier,
            terms.Receiver!,
            terms.ReceiverQualifier,
            await numbers.NextAsync(supplier, cancellationToken),
            now
        );
        var text = PurchaseOrderMessages.Write(order, terms.OrdersAs!.Value, address);
        await WriteAsync(name, text, cancellationToken);
        return name;
    }

    // The price that the supplier announced for today, else the one of the product data.
    private static Money? CostOf(ProductView item, string supplier, DateTimeOffset now)
    {
        var announced = item
            .Costs.Where(c => c.Value.Supplier.Value == supplier && (c.Value.From ?? c.OccurredAt) <= now)
            .MaxBy(static c => c.Value.From ?? c.OccurredAt);
        if (announced is { Value: var asked })
            return new Money(asked.UnitCost, asked.Currency);
        return item.Product?.Value is { UnitCost: { } cost, Currency: { } currency } ? new Money(cost, currency) : null;
    }

    private async Task<bool> AnyAsync(string prefix, CancellationToken cancellationToken)
    {
        await foreach (var _ in outbox.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
            return true;
        return false;
    }

    private async Task WriteAsync(string name, string text, CancellationToken cancellationToken)
    {
        // In ISO 8859-1, as UNB says; what it does not have becomes a question mark.
        using var content = new MemoryStream(Encoding.Latin1.GetBytes(text));
        try
        {
            await outbox
                .GetBlobClient(name)
                .UploadAsync(
                    content,
                    new BlobUploadOptions
                    {
                        Conditions = new BlobRequestConditions { IfNoneMatch = Azure.ETag.All },
                        HttpHeaders = new BlobHttpHeaders { ContentType = "application/edi" },
                    },
                    cancellationToken
                );
        }
        catch (Azure.RequestFailedException there) when (there.Status is 409 or 412)
        {
            // Written by another instance at the same time.
        }
    }
}
