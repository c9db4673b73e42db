using Azure.Data.Tables;
using Stockgate.Domain.Events;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Pricing.Writing;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Publishing;

/// <summary>Processes channels' answers to published prices.</summary>
public sealed class PriceAnswers(StateTables tables, OutboundChannels channels, ChannelClient client, PriceTroubles troubles)
{
    /// <summary>A price may be shown for so long after its confirmation as it was before: pages are cached.</summary>
    private static readonly TimeSpan ShownLate = TimeSpan.FromMinutes(1);

    private const int CorrectionsOfDay = 3;

    internal async Task TakeAsync(PriceChange change, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (change.State.Publication is not { Open: true } open || channels.Find(change.Key.Channel) is not { } channel)
            return;
        var (answer, detail) = await AnswerAsync(change, channel, open, cancellationToken);
        if (answer is null)
            return;
        var confirmed = answer == PriceAnswer.Confirmed;
        change.State = confirmed ? change.State.Confirmed(detail, now) : change.State.Refused(detail, now);
        await change.FateAsync(
            tables,
            open.Decision,
            PriceFate.Published,
            record =>
                confirmed
                    ? record with
                    {
                        Fate = PriceFate.Confirmed,
                        ConfirmedAt = now,
                        Detail = detail,
                    }
                    : record with
                    {
                        Fate = PriceFate.Refused,
                        Detail = detail,
                    },
            cancellationToken
        );
        if (confirmed && open.OverdueAt is not null)
            await troubles.ConfirmedAsync(change.Key, now, cancellationToken);
        if (!confirmed)
            await troubles.StoppedAsync(change.Key, "the channel's answer", change.State.Stopped!, now, cancellationToken);
    }

    /// <summary>Compares an observed price with the confirmed one.</summary>
    internal async Task CompareAsync(PriceChange change, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (state, shown) = (
            change.State,
            change
                .Before.Item.Shown.Where(s =>
                    s.Said.SalesChannel == change.Key.Channel && (s.Said.Region is null || s.Said.Region == change.Key.Region.Value)
                )
                .MaxBy(static s => s.At)
        );
        if (
            shown is null
            || change.Before.Promotion is not null
            || state.Publication is not { ConfirmedAt: { } confirmed } publication
            || state.Price != publication.Price
            || shown.At <= confirmed + ShownLate
        )
            return;
        if (shown.Said.Price == publication.Price.Amount && shown.Said.Currency == publication.Price.Currency)
        {
            if (state.MismatchAt is null)
                return;
            change.State = state with { MismatchAt = null };
            await troubles.ShownRightAsync(change.Key, now, cancellationToken);
        }
        else if (state.MismatchAt != shown.At)
        {
            var again = state.CorrectionsOn(now) < CorrectionsOfDay;
            change.State = (again ? state.Corrected(now) : state) with { MismatchAt = shown.At };
            await troubles.ShownWrongAsync(
                change.Key,
                publication,
                new Domain.Money(shown.Said.Price, shown.Said.Currency),
                again,
                now,
                cancellationToken
            );
        }
    }

    // Only the channel's own answer is read; an answer from another channel is a different row.
    private async Task<(PriceAnswer? Answer, string? Detail)> AnswerAsync(
        PriceChange change,
        OutboundChannel channel,
        PricePublication open,
        CancellationToken cancellationToken
    )
    {
        var key = CatalogForms.AnswerKey(channel.AnswersFrom, change.Key, open.Revision);
        var row = await tables.Catalog.GetEntityIfExistsAsync<TableEntity>(
            tables.PartitionOf(change.Key.Sku),
            key,
            cancellationToken: cancellationToken
        );
        if (row.HasValue && CatalogForms.PriceAnswer.Read(row.Value!).Said is var said)
            return (said.Answer, said.Detail is { } words ? Excerpt.Of(words) : null);
        if (channel.Confirm != ConfirmBy.Poll || open.SentAt is null)
            return (null, null);
        var polled = await client.PollPriceAsync(channel, change.Key.Sku, change.Key.Region, open.Revision, cancellationToken);
        // It knows of no such message: it is sent again.
        if (polled.Outcome == PollOutcome.Unknown)
            change.State = change.State with { Publication = open with { SentAt = null, Detail = polled.Detail } };
        return (
            polled.Outcome switch
            {
                PollOutcome.Confirmed => PriceAnswer.Confirmed,
                PollOutcome.Refused => PriceAnswer.Refused,
                _ => null,
            },
            polled.Detail
        );
    }
}
