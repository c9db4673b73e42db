using Stockgate.Demo.Local;
using Stockgate.Demo.Posting;
using Stockgate.Platform.Signatures;

namespace Stockgate.Benchmarks;

/// <summary>The events that the benchmarks post: till receipts of a few lines, over many SKUs, stores and days, signed.</summary>
internal sealed class Events(AppSettings settings)
{
    private const int Skus = 2000,
        Stores = 8,
        Lines = 3;

    private static readonly DateTimeOffset FirstDay = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Order(long number)
    {
        var location = $"store-{number % Stores + 1:00}";
        return EventBatch.Event(
            $"{number}",
            "bench/pos",
            "stockgate.order.placed.v1",
            FirstDay.AddSeconds(number % 1_000_000 * 20),
            new
            {
                orderId = $"B{number}",
                currency = "GBP",
                location,
                fulfilment = "Immediate",
                lines = Enumerable
                    .Range(0, Lines)
                    .Select(line => new
                    {
                        sku = $"SKU-{(number * 7919 + line * 104729) % Skus:0000}",
                        description = "benchmark item",
                        quantity = 1 + line,
                        unitPrice = 2.55,
                    }),
            }
        );
    }

    public static ReadOnlyMemory<byte> Batch(long number)
    {
        var batch = new EventBatch();
        for (var i = 0; i < EventBatch.Records; i++)
            batch.TryAdd(Order(number * EventBatch.Records + i));
        return batch.ToBody();
    }

    public HttpRequestMessage Signed(Uri address, long number, ReadOnlyMemory<byte> body)
    {
        var (message, id, now) = (Load.Post(address, body), $"msg_{number}", TimeProvider.System.GetUtcNow());
        message.Headers.Add(StandardWebhooksSignature.IdHeader, id);
        message.Headers.Add(
            StandardWebhooksSignature.TimestampHeader,
            now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        message.Headers.Add(StandardWebhooksSignature.SignatureHeader, StandardWebhooksSignature.Sign(settings.Secret, id, now, body.Span));
        return message;
    }
}
