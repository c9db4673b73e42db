using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest.Replays;

/// <summary>Takes one archived delivery in again, as if its sender had sent it once more.</summary>
public sealed class DeliveryResend(Channels channels, DeliveryReader reader, RecordKeeper keeper, DecisionLog decisions, TimeProvider time)
{
    /// <exception cref="ProblemException">It was refused, so that nothing of it was kept, or its channel is not set up any more.</exception>
    public async Task<DeliveryReceipt> ResendAsync(
        ArchivedDelivery delivery,
        ReadOnlyMemory<byte> body,
        string by,
        CancellationToken cancellationToken
    )
    {
        if (delivery.Refused is not null)
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "refused-delivery",
                "Nothing to send again",
                $"The delivery was refused ({delivery.Refused.Problem}), so its body was not kept. Have its sender send it again."
            );
        var channel = await channels.GetAsync(delivery.Channel.Value, cancellationToken);
        var kept = new ReceivedDelivery(channel, delivery.Topic ?? "", body, delivery.Said, delivery.ReceivedAt)
        {
            IsLines = delivery.Origin == DeliveryOrigin.File,
        };
        var read = await reader.FillAsync(kept, cancellationToken);
        var records = await reader.ReadAsync(read, cancellationToken);
        await decisions.AppendAsync(
            new DecisionRecord
            {
                Subject = $"channel {delivery.Channel}",
                DecidedAt = time.GetUtcNow(),
                Decision = "delivery sent again",
                DecidedBy = by,
                Inputs = [new("delivery", delivery.Id, "deliveries", time.GetUtcNow() - delivery.ReceivedAt)],
                Verdicts = [],
                TakeBack = "What was accepted before is not applied twice; post what corrects the rest.",
            },
            cancellationToken
        );
        await reader.RememberAsync(read, records, cancellationToken);
        var occasion = time.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture);
        var taken = await keeper.KeepAsync(
            channel,
            records,
            delivery.Said,
            cancellationToken,
            occasion,
            () => new QuarantineOrigin(delivery.Id, QuarantineOrigin.None.Headers)
        );
        return taken.Receipt with { DeliveryId = delivery.Id };
    }
}
