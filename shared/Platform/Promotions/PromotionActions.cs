using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions;

/// <summary>Tells a channel to sell less of a promotion: <c>stockgate.promotion.throttle.v1</c>.</summary>
public sealed record ThrottleMessage(string Type, PromotionId Promotion, int Revision, SalesChannelId Channel, RegionId Region, Quantity UnitsPerHour, string Reason)
{
    public const string TypeName = "stockgate.promotion.throttle.v1";
}

/// <summary>Tells a channel that a promotion that it shows ends later: <c>stockgate.promotion.extend.v1</c>.</summary>
public sealed record ExtendMessage(string Type, PromotionId Promotion, int Revision, SalesChannelId Channel, DateTimeOffset EndsAt)
{
    public const string TypeName = "stockgate.promotion.extend.v1";
}

/// <summary>Carries out what policy or a person decided about a live promotion.</summary>
public sealed class PromotionActions(PromotionStore store, PromotionRows rows, PromotionCommands commands, OutboundChannels channels, ChannelClient client)
{
    /// <returns>What was sent or begun, in words for the audit chain.</returns>
    public async Task<string> CarryOutAsync(PromotionRecord record, RecommendedAction action, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case RestorePrice price when channels.Find(price.Channel) is { } to && ChannelMessage.Of(await store.PlanAsync(record.Id, record.Plan, cancellationToken), price.Channel, LaunchStep.Prepare) is { } all:
                // An activation with the prices in it, under an id of its own: under the first one's it would be taken for a repetition.
                var again = all with { Type = "stockgate.promotion.activate.v1", Step = LaunchStep.Activate, Prices = [.. all.Prices.Where(p => p.Sku == price.Sku)] };
                return Said(await client.SendAsync(to, $"{again.Id}.{price.Sku}.{now:yyyyMMddHHmm}", JsonSerializer.SerializeToUtf8Bytes(again, PromotionsJson.Default.ChannelMessage), cancellationToken), $"{price.Sku} at {price.Price} to {to.Id}");
            case ThrottleChannel throttle when channels.Find(throttle.Channel) is { } to:
                var less = new ThrottleMessage(ThrottleMessage.TypeName, record.Id, record.Plan, to.Id, throttle.Region, throttle.UnitsPerHour, throttle.Reason);
                return Said(await client.SendAsync(to, $"{record.Id}.{record.Plan}.{to.Id}.throttle.{now:yyyyMMddHHmm}", JsonSerializer.SerializeToUtf8Bytes(less, PromotionRowsJson.Default.ThrottleMessage), cancellationToken), $"throttle to {to.Id}");
            case EndPromotion end:
                await commands.GiveAsync(record.Id, new PromotionCommand { Kind = PromotionCommandKind.End, By = by, Reason = end.Reason, At = now }, cancellationToken);
                return "the promotion is being ended";
            default:
                return $"{action.Kind} is for people to carry out";
        }
    }

    /// <summary>Tells every channel of an end that is later than the one it was sent; whoever has taken it is not told again.</summary>
    public async Task TellEndAsync(PromotionRecord record, LaunchPlan plan, CancellationToken cancellationToken)
    {
        if (plan.EndsAt == record.End) return;
        foreach (var channel in plan.Channels.Select(c => channels.Find(c.Channel)).OfType<OutboundChannel>())
        {
            var (key, message) = (RowKeys.Of("extended", channel.Id.Value), new ExtendMessage(ExtendMessage.TypeName, record.Id, plan.Revision, channel.Id, record.End));
            if (await rows.FindAsync(record.Id, key, PromotionRowsJson.Default.ExtendMessage, cancellationToken) == message) continue;
            var delivery = await client.SendAsync(channel, $"{record.Id}.{plan.Revision}.{channel.Id}.extend.{record.End.UtcTicks}", JsonSerializer.SerializeToUtf8Bytes(message, PromotionRowsJson.Default.ExtendMessage), cancellationToken);
            // Who could not be told is told at the next look: it shows the offer until it is sent the prior prices in any case.
            if (delivery.Outcome == DeliveryOutcome.Accepted) await rows.PutAsync(record.Id, key, message, PromotionRowsJson.Default.ExtendMessage, cancellationToken);
        }
    }

    private static string Said(Delivery delivery, string what) => $"{what}: {delivery.Outcome} ({delivery.Detail})";
}
