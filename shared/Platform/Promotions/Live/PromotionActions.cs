using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Live;

/// <summary>Throttles a promotion in a channel: <c>stockgate.promotion.throttle.v1</c>.</summary>
public sealed record ThrottleMessage(
    string Type,
    PromotionId Promotion,
    int Revision,
    SalesChannelId Channel,
    RegionId Region,
    Quantity UnitsPerHour,
    string Reason
)
{
    public const string TypeName = "stockgate.promotion.throttle.v1";
}

/// <summary>Extends a live promotion in a channel: <c>stockgate.promotion.extend.v1</c>.</summary>
public sealed record ExtendMessage(string Type, PromotionId Promotion, int Revision, SalesChannelId Channel, DateTimeOffset EndsAt)
{
    public const string TypeName = "stockgate.promotion.extend.v1";
}

/// <summary>The outcome of an action.</summary>
/// <param name="Done">False if it can be tried again, or is for people.</param>
/// <param name="Words">What was sent or begun, or why not, for the audit chain.</param>
public sealed record CarriedOut(bool Done, string Words);

/// <summary>Carries out actions on a live promotion, decided by policy or a person.</summary>
public sealed class PromotionActions(
    PromotionStore store,
    PromotionRows rows,
    PromotionCommands commands,
    OutboundChannels channels,
    ChannelClient client
)
{
    /// <summary>Whether the app can carry out an action; the others need a person.</summary>
    public async Task<bool> CanCarryOutAsync(PromotionRecord record, RecommendedAction action, CancellationToken cancellationToken) =>
        action switch
        {
            RestorePrice price => channels.Find(price.Channel) is not null,
            ThrottleChannel throttle => channels.Find(throttle.Channel) is not null,
            // There is no end of one region alone: ending the others with it is not what was decided.
            EndPromotion { Region: { } region } => (await store.TermsAsync(record.Id, record.Terms, cancellationToken)).Request.Regions
                is [var only]
                && only.Region == region,
            EndPromotion => true,
            _ => false,
        };

    public async Task<CarriedOut> CarryOutAsync(
        PromotionRecord record,
        RecommendedAction action,
        string by,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (!await CanCarryOutAsync(record, action, cancellationToken))
            return new(false, $"{action.Kind} has to be carried out by a person");
        switch (action)
        {
            case RestorePrice price
                when channels.Find(price.Channel) is { } to
                    && ChannelMessage.Of(
                        await store.PlanAsync(record.Id, record.Plan, cancellationToken),
                        price.Channel,
                        LaunchStep.Prepare
                    )
                        is { } all:
                // An activation with the prices, under a new id, because the first id would be treated as a repetition.
                var again = all with
                {
                    Type = "stockgate.promotion.activate.v1",
                    Step = LaunchStep.Activate,
                    Prices = [.. all.Prices.Where(p => p.Sku == price.Sku)],
                };
                return Said(
                    await client.SendAsync(
                        to,
                        $"{again.Id}.{price.Sku}.{now:yyyyMMddHHmm}",
                        JsonSerializer.SerializeToUtf8Bytes(again, PromotionsJson.Default.ChannelMessage),
                        cancellationToken
                    ),
                    $"{price.Sku} at {price.Price} to {to.Id}"
                );
            case ThrottleChannel throttle when channels.Find(throttle.Channel) is { } to:
                var less = new ThrottleMessage(
                    ThrottleMessage.TypeName,
                    record.Id,
                    record.Plan,
                    to.Id,
                    throttle.Region,
                    throttle.UnitsPerHour,
                    throttle.Reason
                );
                return Said(
                    await client.SendAsync(
                        to,
                        $"{record.Id}.{record.Plan}.{to.Id}.throttle.{now:yyyyMMddHHmm}",
                        JsonSerializer.SerializeToUtf8Bytes(less, PromotionRowsJson.Default.ThrottleMessage),
                        cancellationToken
                    ),
                    $"throttle to {to.Id}"
                );
            case EndPromotion end:
                await commands.GiveAsync(
                    record.Id,
                    new PromotionCommand
                    {
                        Kind = PromotionCommandKind.End,
                        By = by,
                        Reason = end.Reason,
                        At = now,
                    },
                    cancellationToken
                );
                return new(true, "the promotion is being ended");
            default:
                return new(false, $"{action.Kind}: no message to send");
        }
    }

    /// <summary>Sends every channel an end later than the one it has; channels that have accepted it are skipped.</summary>
    public async Task TellEndAsync(PromotionRecord record, LaunchPlan plan, CancellationToken cancellationToken)
    {
        if (plan.EndsAt == record.End)
            return;
        foreach (var channel in plan.Channels.Select(c => channels.Find(c.Channel)).OfType<OutboundChannel>())
        {
            var (key, message) = (
                RowKeys.Of("extended", channel.Id.Value),
                new ExtendMessage(ExtendMessage.TypeName, record.Id, plan.Revision, channel.Id, record.End)
            );
            if (await rows.FindAsync(record.Id, key, PromotionRowsJson.Default.ExtendMessage, cancellationToken) == message)
                continue;
            var delivery = await client.SendAsync(
                channel,
                $"{record.Id}.{plan.Revision}.{channel.Id}.extend.{record.End.UtcTicks}",
                JsonSerializer.SerializeToUtf8Bytes(message, PromotionRowsJson.Default.ExtendMessage),
                cancellationToken
            );
            // A failed send is retried at the next evaluation; the channel shows the offer until it gets the prior prices in any case.
            if (delivery.Outcome == DeliveryOutcome.Accepted)
                await rows.PutAsync(record.Id, key, message, PromotionRowsJson.Default.ExtendMessage, cancellationToken);
        }
    }

    private static CarriedOut Said(Delivery delivery, string what) =>
        new(delivery.Outcome == DeliveryOutcome.Accepted, $"{what}: {delivery.Outcome} ({delivery.Detail})");
}
