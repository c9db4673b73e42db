using System.Text.Json.Serialization;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Promotions.Launch;

/// <summary>One price of a plan.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Region">Null: every region that has no line of its own.</param>
/// <param name="Prior">What customers pay without the promotion: what is put back.</param>
/// <param name="Price">What they pay while it is live; the same as <paramref name="Prior"/> where the till takes the discount off the
/// basket.</param>
public sealed record ItemPrice(Sku Sku, RegionId? Region, Money Prior, Money Price);

/// <summary>The prices of one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Prices">One line for all regions, and one for each that differs.</param>
/// <param name="Regions">Where the offer holds there, with the stores and warehouses that take part.</param>
public sealed record ChannelPlan(SalesChannelId Channel, IReadOnlyList<ItemPrice> Prices, IReadOnlyList<PromotionRegion> Regions);

/// <summary>
/// Exactly what each channel is sent, captured once and never changed: what is activated is what was prepared, and what is put back is
/// what was there before. A change makes a plan of a higher revision.
/// </summary>
public sealed record LaunchPlan
{
    public required PromotionId Promotion { get; init; }

    /// <summary>One more with each plan of the promotion, from 1: a channel that has seen a higher one passes over a lower one.</summary>
    public required int Revision { get; init; }

    public required string Name { get; init; }

    public required Discount Discount { get; init; }

    public required Currency Currency { get; init; }

    public required DateTimeOffset ActivateAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>When regions that policy starts later join in, with a plan of their own; null if none does.</summary>
    public DateTimeOffset? WidensAt { get; init; }

    public required IReadOnlyList<ChannelPlan> Channels { get; init; }
}

/// <summary>
/// What goes over the wire to one channel: the body of a Standard Webhooks message whose <c>webhook-id</c> is the idempotency key.
/// </summary>
public sealed record ChannelMessage
{
    /// <summary><c>stockgate.promotion.prepare.v1</c>, <c>….activate.v1</c>, <c>….revert.v1</c>.</summary>
    public required string Type { get; init; }

    public required PromotionId Promotion { get; init; }

    public required int Revision { get; init; }

    public required SalesChannelId Channel { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset ActivateAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public required Discount Discount { get; init; }

    public required IReadOnlyList<PromotionRegion> Regions { get; init; }

    /// <summary>With prepare and revert every price; with activate none: the revision names them.</summary>
    public IReadOnlyList<ItemPrice> Prices { get; set; } = [];

    /// <summary>The same for every time that the same is sent.</summary>
    [JsonIgnore]
    public string Id => IdOf(Promotion, Revision, Channel, Step);

    [JsonIgnore]
    public LaunchStep Step { get; init; }

    public static string IdOf(PromotionId promotion, int revision, SalesChannelId channel, LaunchStep step) =>
        $"{promotion}.{revision}.{channel}.{step}".ToLowerInvariant();

    /// <returns>The message of a step; null if the plan has nothing for the channel.</returns>
    public static ChannelMessage? Of(LaunchPlan plan, SalesChannelId channel, LaunchStep step) =>
        plan.Channels.FirstOrDefault(c => c.Channel == channel) is not { } own
            ? null
            : new ChannelMessage
            {
                Type = $"stockgate.promotion.{step.ToString().ToLowerInvariant()}.v1",
                Step = step,
                Promotion = plan.Promotion,
                Revision = plan.Revision,
                Channel = channel,
                Name = plan.Name,
                ActivateAt = plan.ActivateAt,
                EndsAt = plan.EndsAt,
                Discount = plan.Discount,
                Regions = own.Regions,
                Prices = step == LaunchStep.Activate ? [] : own.Prices,
            };
}
