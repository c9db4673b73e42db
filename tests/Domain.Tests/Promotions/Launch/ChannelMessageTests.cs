using System.Text.Json;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.Domain.Tests.Promotions.Launch;

public class ChannelMessageTests
{
    private static readonly SalesChannelId Web = new("web");
    private static readonly ItemPrice[] Prices =
    [
        new(new Sku("A"), null, Offer.In(10), Offer.In(8)),
        new(new Sku("B"), new RegionId("north"), Offer.In(5), Offer.In(5)),
    ];

    private static readonly LaunchPlan Plan = new()
    {
        Promotion = new PromotionId("summer"),
        Revision = 3,
        Name = "Summer mugs",
        Discount = Offer.ThreeForTwo,
        Currency = Given.Gbp,
        ActivateAt = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero),
        EndsAt = new(2026, 6, 7, 23, 0, 0, TimeSpan.Zero),
        CapturedAt = new(2026, 5, 30, 8, 0, 0, TimeSpan.Zero),
        Channels =
        [
            new ChannelPlan(Web, Prices, Offer.Request().Regions),
            new ChannelPlan(new SalesChannelId("tills"), [], Offer.Request().Regions),
        ],
    };

    private static ChannelMessage Message(LaunchStep step) => ChannelMessage.Of(Plan, Web, step)!;

    [Fact]
    public void Prepare_and_revert_name_every_price_and_activate_names_the_revision_alone()
    {
        Assert.Equal(Prices, Message(LaunchStep.Prepare).Prices);
        Assert.Equal(Prices, Message(LaunchStep.Revert).Prices);
        Assert.Empty(Message(LaunchStep.Activate).Prices);
        Assert.All(Enum.GetValues<LaunchStep>(), static step => Assert.Equal(3, Message(step).Revision));
    }

    [Fact]
    public void A_channel_without_a_part_in_the_plan_gets_no_message() =>
        Assert.Null(ChannelMessage.Of(Plan, new SalesChannelId("wms"), LaunchStep.Prepare));

    [Fact]
    public void A_channel_with_nothing_to_price_gets_its_message_all_the_same() =>
        Assert.Empty(ChannelMessage.Of(Plan, new SalesChannelId("tills"), LaunchStep.Prepare)!.Prices);

    [Fact]
    public void The_same_message_has_the_same_id_and_every_other_one_another()
    {
        Assert.Equal("summer.3.web.activate", Message(LaunchStep.Activate).Id);
        Assert.Equal(Message(LaunchStep.Activate).Id, ChannelMessage.Of(Plan with { Name = "again" }, Web, LaunchStep.Activate)!.Id);
        var ids = Enum.GetValues<LaunchStep>()
            .SelectMany(static step =>
                new[]
                {
                    Message(step).Id,
                    ChannelMessage.Of(Plan with { Revision = 4 }, Web, step)!.Id,
                    ChannelMessage.Of(Plan, new SalesChannelId("tills"), step)!.Id,
                }
            )
            .ToList();
        Assert.Equal(9, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(LaunchStep.Prepare, "stockgate.promotion.prepare.v1")]
    [InlineData(LaunchStep.Activate, "stockgate.promotion.activate.v1")]
    [InlineData(LaunchStep.Revert, "stockgate.promotion.revert.v1")]
    public void On_the_wire_the_type_says_the_step_and_everything_survives(LaunchStep step, string type)
    {
        var json = JsonSerializer.Serialize(Message(step), PromotionsJson.Default.ChannelMessage);
        var root = JsonDocument.Parse(json).RootElement;
        Assert.Equal(type, root.GetProperty("type").GetString());
        Assert.False(root.TryGetProperty("step", out _) || root.TryGetProperty("id", out _));
        Assert.Equal("bundle", root.GetProperty("discount").GetProperty("kind").GetString());
        var again = JsonSerializer.Deserialize(json, PromotionsJson.Default.ChannelMessage)! with { Step = step };
        Assert.Equal(Message(step).Prices, again.Prices);
        Assert.Equal(
            (Message(step).Id, Plan.Discount, Plan.ActivateAt, Plan.EndsAt),
            (again.Id, again.Discount, again.ActivateAt, again.EndsAt)
        );
    }
}
