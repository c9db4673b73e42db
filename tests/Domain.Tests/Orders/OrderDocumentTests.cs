using System.Text.Json;

namespace Stockgate.Domain.Tests.Orders;

public class OrderDocumentTests
{
    private static OrderDocument Apply(IEnumerable<(EventHeader Header, OrderEvent Said)> events) =>
        events.Aggregate(new OrderDocument { OrderId = Given.Order }, static (order, e) => order.Apply(e.Header, e.Said));

    // Apart from what tells the order of arrival.
    private static string Json(OrderDocument order) =>
        JsonSerializer.Serialize(
            order with
            {
                Revision = 0,
                Applied = [.. order.Applied.Order(StringComparer.Ordinal)],
                Withdrawn = [],
            },
            OrderJson.Default.OrderDocument
        );

    [Fact]
    public void Any_order_of_arrival_and_any_repetition_end_in_the_same_document() =>
        Prop.ForAll<int, int>(
                (seed, shuffle) =>
                {
                    var history = OrderHistory.Of(seed);
                    return Json(Apply(history)) == Json(Apply(Given.ShuffledWithRepeats(history, shuffle)));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_document_survives_its_row() =>
        Prop.ForAll<int>(seed =>
            {
                var json = JsonSerializer.Serialize(Apply(OrderHistory.Of(seed)), OrderJson.Default.OrderDocument);
                return JsonSerializer.Serialize(
                        JsonSerializer.Deserialize(json, OrderJson.Default.OrderDocument)!,
                        OrderJson.Default.OrderDocument
                    ) == json;
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Each_event_counts_one_revision_and_is_remembered() =>
        Prop.ForAll<int>(seed =>
            {
                var history = OrderHistory.Of(seed);
                var order = Apply(history);
                return order.Revision == history.Count && history.All(e => order.HasApplied(e.Header));
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void An_event_applied_before_changes_nothing()
    {
        var order = Given.After(Given.Placed());
        Assert.Same(order, order.Apply(Given.Header("e0", Given.Now.AddHours(1)), Given.Placed(Given.Line("B"))));
    }

    [Fact]
    public void The_newer_words_hold_however_late_the_older_ones_arrive()
    {
        var order = new OrderDocument { OrderId = Given.Order }
            .Apply(Given.Header("new", Given.Now.AddMinutes(1)), Given.Placed(Given.Line("B")))
            .Apply(Given.Header("old", Given.Now), Given.Placed(Given.Line("A")));
        Assert.Equal(new Sku("B"), order.Placed!.Said.Lines[0].Sku);
        Assert.Equal(2, order.Revision);
    }

    [Fact]
    public void A_shipment_said_twice_is_one_parcel()
    {
        var order = Given.After(Given.Placed(), Given.Shipped("S1", Given.At("L1")), Given.Shipped("S1", Given.At("L2")));
        Assert.Equal(new LocationId("L2"), Assert.Single(order.Shipments).Said.Lines[0].Location);
    }

    [Fact]
    public void Refunds_of_two_numbers_are_two_refunds() =>
        Assert.Equal(2, Given.After(Given.Refunded("R1", Given.Line()), Given.Refunded("R2", Given.Line())).Refunds.Count);

    [Fact]
    public void An_event_of_an_unknown_kind_is_a_fault() =>
        Assert.Throws<ArgumentException>(() =>
            new OrderDocument { OrderId = Given.Order }.Apply(Given.Header("e"), new Unheard { OrderId = Given.Order })
        );

    private sealed record Unheard : OrderEvent
    {
        public override Rejection? Check() => null;
    }
}
