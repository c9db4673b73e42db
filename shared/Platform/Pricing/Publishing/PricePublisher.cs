using System.Security.Cryptography;
using System.Text;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Publishing;

/// <summary>Sends prices to their channels, up to 500 in a message.</summary>
public sealed class PricePublisher(StateTables tables, OutboundChannels channels, ChannelClient client, PriceQueue queue)
{
    // A polled channel is polled first after the time it may need, then by the sweep.
    private static readonly TimeSpan AskedAfter = TimeSpan.FromSeconds(1);

    internal async Task SendAsync(
        string partition,
        IReadOnlyList<PriceChange> changes,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var sent = await Task.WhenAll(
            changes
                .Where(static c => c.State.Publication is { Open: true, SentAt: null })
                .GroupBy(static c => c.Key.Channel)
                .SelectMany(static channel => channel.Chunk(PriceMessage.MostPrices))
                .Select(part => SendAsync(part, now, cancellationToken))
        );
        await PriceRows.WriteAsync(tables, partition, sent.SelectMany(static s => s), cancellationToken);
    }

    private async Task<IReadOnlyList<(PriceChange, List<Azure.Data.Tables.TableTransactionAction>)>> SendAsync(
        PriceChange[] part,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // The channel is no longer in the settings: the publication stays open, and an exception reports it.
        if (channels.Find(part[0].Key.Channel) is not { } channel)
            return
            [
                .. part.Select(static c =>
                    (c, c.SentActions(c.State.Publication! with { Detail = "the channel's address is not in the settings" }))
                ),
            ];
        var prices = part.Select(static c => PriceOf(c.Key, c.State.Publication!)).ToList();
        var id = IdOf(channel, prices);
        var delivery = await client.SendAsync(
            channel,
            id,
            new PriceMessage(PriceMessage.PublishType, id, channel.Id, prices).ToJson(),
            cancellationToken
        );
        var accepted = delivery.Outcome == DeliveryOutcome.Accepted;
        if (accepted && channel.Confirm == ConfirmBy.Poll)
            await queue.FollowAsync(part.Select(static c => c.Key.Sku), "sent", now + AskedAfter, cancellationToken);
        return
        [
            .. part.Select(c => (c, c.SentActions(c.State.Publication! with { SentAt = accepted ? now : null, Detail = delivery.Detail }))),
        ];
    }

    private static PublishedPrice PriceOf(PriceKey key, PricePublication publication) =>
        new(
            key.Sku,
            key.Region,
            publication.Revision,
            publication.Price.Amount,
            publication.Price.Currency,
            publication.CompareAt?.Amount,
            publication.Decision
        );

    // The same prices have the same id, however often they are sent.
    private static string IdOf(OutboundChannel channel, IEnumerable<PublishedPrice> prices) =>
        $"prices.{channel.Id.Value}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', prices.Select(static p => $"{p.Sku.Value}\t{p.Region.Value}\t{p.Revision}")))))[..24]}";
}
