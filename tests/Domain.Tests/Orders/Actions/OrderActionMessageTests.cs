using System.Text.Json;
using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

public class OrderActionMessageTests
{
    private static readonly ActionId Id = new("act-1");

    private static readonly OrderDocument Order = Given.After(Given.Placed(Given.Line(quantity: 2)) with { ShipTo = Asked.London });

    private static (OrderActionReview Review, OrderActionMessage Message) Sent(OrderActionRequest request, OrderActionFacts? facts = null)
    {
        var review = request.Review(facts ?? Asked.Facts(Order));
        Assert.True(review.Feasibility.Possible, review.Recommendation.Words);
        return (review, OrderActionMessage.Of(Id, 1, Order, request, review.Effect));
    }

    [Fact]
    public void A_message_says_the_money_and_units_that_were_decided()
    {
        var (_, message) = Sent(Asked.For(OrderActionKind.CancelLines, Asked.Units()));
        Assert.Equal(
            ("stockgate.order.action.v1", 10m, "GBP", "act-1.1"),
            (message.Type, message.Amount, message.Currency?.Code, message.Id)
        );
        Assert.Equal(new OrderActionUnits(new("A"), new(1)), Assert.Single(message.Lines));
        Assert.Equal("customer called", message.Reason);
    }

    [Fact]
    public void A_refund_of_everything_is_sent_as_an_amount() => Assert.Equal(20, Sent(Asked.Money()).Message.Amount);

    [Fact]
    public void A_message_survives_the_wire()
    {
        var message = Sent(Asked.For(OrderActionKind.ChangeAddress) with { ShipTo = Asked.Leeds }).Message;
        var json = JsonSerializer.Serialize(message, OrderActionsJson.Default.OrderActionMessage);
        Assert.Equal(
            json,
            JsonSerializer.Serialize(
                JsonSerializer.Deserialize(json, OrderActionsJson.Default.OrderActionMessage)!,
                OrderActionsJson.Default.OrderActionMessage
            )
        );
        Assert.Contains("\"type\":\"stockgate.order.action.v1\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_review_survives_its_row()
    {
        var json = JsonSerializer.Serialize(Sent(Asked.For(OrderActionKind.Cancel)).Review, OrderActionsJson.Default.OrderActionReview);
        Assert.Equal(
            json,
            JsonSerializer.Serialize(
                JsonSerializer.Deserialize(json, OrderActionsJson.Default.OrderActionReview)!,
                OrderActionsJson.Default.OrderActionReview
            )
        );
    }

    [Fact]
    public void Each_revision_has_its_own_key_and_no_two_actions_share_one()
    {
        Assert.NotEqual(OrderActionMessage.IdOf(Id, 1), OrderActionMessage.IdOf(Id, 2));
        Assert.NotEqual(OrderActionMessage.IdOf(new("a.1"), 2), OrderActionMessage.IdOf(new("a"), 12));
    }

    [Theory]
    [InlineData(OrderActionKind.Hold, OrderActionKind.Release)]
    [InlineData(OrderActionKind.Release, OrderActionKind.Hold)]
    public void A_hold_and_its_release_take_each_other_back(OrderActionKind action, OrderActionKind back)
    {
        var before = action == OrderActionKind.Release ? Order.Apply(Given.Header("h"), Given.Held()) : Order;
        var (review, _) = Sent(Asked.For(action), Asked.Facts(before));
        var request = OrderActionCompensation.Of(Asked.For(action), review.Effect, before).Request!;
        Assert.Equal(back, request.Action);
        Assert.Empty(request.Check());
    }

    [Fact]
    public void An_address_goes_back_to_the_former_one()
    {
        var request = Asked.For(OrderActionKind.ChangeAddress) with { ShipTo = Asked.Leeds };
        var back = OrderActionCompensation.Of(request, Sent(request).Review.Effect, Order).Request!;
        Assert.Equal(Asked.London, back.ShipTo);
        Assert.Null(
            back.Review(Asked.Facts(Order.Apply(Given.Header("c", Given.Now.AddHours(1)), Given.AddressChanged(Asked.Leeds)))).Failed()
        );
        Assert.Null(OrderActionCompensation.Of(request, Sent(request).Review.Effect, Given.After(Given.Placed())).Request);
    }

    [Fact]
    public void A_reroute_goes_back_to_where_the_units_were()
    {
        var request = Asked.For(OrderActionKind.Reroute) with { Location = Asked.L2 };
        var back = OrderActionCompensation.Of(request, Sent(request, Asked.Facts(Order).With("A", "L2", 5)).Review.Effect, Order).Request!;
        Assert.Equal(Asked.L1, back.Location);
        Assert.Empty(back.Check());
        Assert.Null(
            back.Review(
                    Asked
                        .Facts(Order.Apply(Given.Header("a", Given.Now.AddHours(1)), Given.Allocated(Given.At("L2", quantity: 2))))
                        .With("A", "L1", 5)
                )
                .Failed()
        );
    }

    [Fact]
    public void A_substitute_goes_back_to_its_article()
    {
        var request = Asked.For(OrderActionKind.Substitute, Asked.Units("A", 2, "B")) with { Consent = true };
        var back = OrderActionCompensation.Of(request, Sent(request, Asked.Facts(Order).With("B", "L1", 5)).Review.Effect, Order).Request!;
        Assert.Equal((new Sku("B"), new Sku("A")), (back.Lines[0].Sku, back.Lines[0].Substitute!.Value));
        Assert.Empty(back.Check());
    }

    [Theory]
    [InlineData(OrderActionKind.Cancel)]
    [InlineData(OrderActionKind.Refund)]
    public void What_can_not_be_taken_back_says_what_to_do_instead(OrderActionKind action)
    {
        var back = OrderActionCompensation.Of(Asked.For(action), Sent(Asked.For(action)).Review.Effect, Order);
        Assert.Null(back.Request);
        Assert.NotEmpty(back.Words);
    }

    [Fact]
    public void The_reason_of_a_compensation_is_never_too_long()
    {
        var request = Asked.For(OrderActionKind.Hold) with { Reason = new string('x', 512) };
        Assert.Empty(OrderActionCompensation.Of(request, Sent(request).Review.Effect, Order).Request!.Check());
    }
}
