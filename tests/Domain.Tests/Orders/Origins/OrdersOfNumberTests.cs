using System.Text.Json;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Domain.Orders.Origins;
using static Stockgate.Domain.Tests.Orders.Origins.Happened;

namespace Stockgate.Domain.Tests.Orders.Origins;

public class OrdersOfNumberTests
{
    private static readonly Happened TillPlaced = Placed("till", "A", 1, 50),
        WebPlaced = Placed("web", "B", 2, 7, 1);

    private static Happened ShippedBy(string channel, int minute = 5) => By(channel, Given.Shipped("S1", Given.At("L1", "B", 2)), minute);

    [TrialFact("same-order-id-two-shops")]
    public void The_two_orders_of_the_trial_are_two_orders()
    {
        var number = new OneNumber();
        foreach (var said in TrialCase.Read("same-order-id-two-shops").EnumerateArray())
        {
            var order = said.GetProperty("data").Deserialize(EventJson.Default.OrderPlaced)! with { OrderId = Given.Order };
            var (channel, source) = (said.GetProperty("channel").GetString()!, said.GetProperty("source").GetString()!);
            number.Take(new(new EventHeader(new(channel), source, "placed", said.GetProperty("time").GetDateTimeOffset(), 0), order));
        }
        Assert.Equal((50m, 14m), (number.Of("till").Gross(), number.Of("web").Gross()));
        Assert.Equal([1m, 2m], number.All.Select(static o => Reservations.Of(o).Values.Single().Value));
    }

    [Fact]
    public void The_second_channel_that_places_a_number_has_an_order_of_its_own()
    {
        var number = OneNumber.After(TillPlaced, WebPlaced);
        Assert.Equal(("1001", "web::1001"), (number.Of("till").OrderId.Value, number.Of("web").OrderId.Value));
        Assert.Equal(("till:1001", "web:1001"), (number.Of("till").QualifiedId(), number.Of("web").QualifiedId()));
        Assert.Equal(50, number.Of("till").Gross());
        Assert.Equal([new ChannelId("web")], number.Plain.OtherOrigins);
    }

    [Fact]
    public void One_more_order_of_a_number_is_told_once_with_both()
    {
        var number = OneNumber.After(TillPlaced, WebPlaced, By("web", Given.Placed(Given.Line("B", 3, 7)), 2), ShippedBy("web"), WebPlaced);
        var told = Assert.Single(number.Applied, static a => a.Shared);
        var exception = SharedNumber.Shared(Given.Order, told.Channels, Given.Now);
        Assert.Equal(("order-number-shared", "integration", "channels till and web"), (exception.Type, exception.Owner, exception.Subject));
        Assert.Contains("till:1001 and web:1001", exception.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_says_its_order_again_has_one_order()
    {
        var number = OneNumber.After(TillPlaced, Placed("till", "A", 2, 50, 3));
        Assert.Equal(100, Assert.Single(number.All).Gross());
        Assert.Null(number.Plain.OtherOrigins);
    }

    [Fact]
    public void Other_systems_need_to_say_nothing_while_a_number_is_one_order()
    {
        foreach (var arrival in new[] { new[] { 0, 1, 2 }, [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            Happened[] events = [WebPlaced, ShippedBy("wms"), By("erp", Given.Refunded("R1", Given.Line("B", 1, 7)), 9)];
            var order = Assert.Single(OneNumber.After(arrival.Select(i => events[i])).All);
            Assert.Equal((OrderStatus.Shipped, 7m, "web:1001"), (order.Status(), order.Refunded(), order.QualifiedId()));
        }
    }

    [Fact]
    public void What_may_be_about_two_orders_changes_neither_and_is_kept_and_told()
    {
        var number = OneNumber.After(TillPlaced, WebPlaced);
        var before = number.Figures();
        var applied = number.Take(ShippedBy("wms"));
        Assert.True(applied.Undecided);
        Assert.Equal(before, number.Figures());
        Assert.Equal("stockgate.order.shipped.v1", Assert.Single(number.Plain.Undecided!).Type);
        var told = SharedNumber.Ambiguous(ShippedBy("wms").Header, ShippedBy("wms").Said, applied.Channels, Given.Now);
        Assert.Equal(("order-ambiguous", "order 1001"), (told.Type, told.Subject));
        Assert.Contains("till:1001 and web:1001", told.Failure, StringComparison.Ordinal);
        Assert.Contains("orderChannel: till or web", told.RecommendedAction, StringComparison.Ordinal);
        number.Take(ShippedBy("wms"));
        Assert.Single(number.Plain.Undecided!);
    }

    [Fact]
    public void Said_again_under_its_id_with_the_channel_it_is_applied_and_waits_no_more()
    {
        var number = OneNumber.After(TillPlaced, WebPlaced, ShippedBy("wms"));
        Assert.True(number.Take(ShippedBy("wms").Of("web")).Settled);
        Assert.Null(number.Plain.Undecided);
        Assert.Equal((OrderStatus.Placed, OrderStatus.Shipped), (number.Of("till").Status(), number.Of("web").Status()));
    }

    [Fact]
    public void What_came_before_the_order_of_its_channel_goes_to_that_order()
    {
        var number = OneNumber.After(TillPlaced, WebPlaced, By("app", Given.Shipped("S9", Given.At("L2", "C")), 2));
        Assert.Single(number.Plain.Undecided!);
        number.Take(Placed("app", "C", 1, 3, 1));
        Assert.Equal(OrderStatus.Shipped, number.Of("app").Status());
        Assert.Null(number.Plain.Undecided);
    }

    [Fact]
    public void A_credit_note_of_another_channel_is_not_the_order()
    {
        var note = By("erp", Given.Refunded("1001", Given.Line("D", 1, 4)) with { Standalone = true });
        var number = OneNumber.After(note, TillPlaced, ShippedBy("wms"));
        var till = number.Of("till");
        Assert.Equal((0m, OrderStatus.Shipped, "1001"), (till.Refunded(), till.Status(), till.OrderId.Value));
        Assert.Equal((4m, OrderStatus.CreditNote), (number.Of("erp").Refunded(), number.Of("erp").Status()));
        Assert.DoesNotContain(number.Applied, static a => a.Undecided || a.Shared);
    }

    [Fact]
    public void An_answer_and_a_refund_under_an_actions_number_are_about_its_order()
    {
        var number = OneNumber.After(TillPlaced, WebPlaced);
        var (till, web) = (ActionNumber.Of(Given.Order, "key"), ActionNumber.Of(number.Of("web").OrderId, "key"));
        number.Take(By("oms", Given.Answered(web.Value), 4));
        number.Take(By("oms", Given.Refunded(till.Value, Given.Line("A", 1, 50)), 5));
        Assert.NotNull(number.Of("web").AnswerTo(web, 1));
        Assert.Equal((50m, 0m), (number.Of("till").Refunded(), number.Of("web").Refunded()));
        Assert.True(number.Take(By("oms", Given.Refunded("act-1", Given.Line("A", 1, 50)), 6)).Undecided);
    }

    [Fact]
    public void A_crash_between_the_two_writes_is_made_good_by_the_same_events()
    {
        Happened[] events = [TillPlaced, By("web", Given.Shipped("S1", Given.At("L1", "B", 2)), 5), WebPlaced];
        var whole = OneNumber.After(events);
        var half = OneNumber.After(events.Take(2));
        half.Store(whole.Of("web"));
        half.Take(events[2]);
        Assert.Equal(whole.Figures(), half.Figures());
        Assert.Equal(whole.Plain.OtherOrigins, half.Plain.OtherOrigins);
    }

    [Fact]
    public void A_repeat_posts_again_what_every_order_of_the_number_posted()
    {
        var number = OneNumber.After(TillPlaced, WebPlaced);
        var again = number.Take(WebPlaced);
        Assert.Equal(2, again.Changes.Count);
        Assert.All(again.Changes, static c => Assert.Same(c.Before, c.After));
    }

    [Fact]
    public void Orders_that_were_mixed_before_are_taken_apart_by_the_next_word()
    {
        // As one document took both, before channels told orders apart.
        var mixed = Given.After() with
        {
            OrderId = Given.Order,
        };
        foreach (var (header, said) in new[] { TillPlaced, WebPlaced, ShippedBy("web") })
            mixed = mixed.Apply(header, said);
        var number = new OneNumber();
        number.Store(mixed);
        number.Take(By("till", Given.Placed(Given.Line("A", 2, 50)), 2));
        Assert.Equal((100m, 14m, OrderStatus.Shipped), (number.Of("till").Gross(), number.Of("web").Gross(), number.Of("web").Status()));
    }
}
