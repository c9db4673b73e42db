using System.Text.Json;

namespace Stockgate.Domain.Tests.Orders;

public class OrderHandlingTests
{
    [Fact]
    public void An_order_of_which_nothing_is_said_carries_nothing() =>
        Assert.DoesNotContain(
            "andling",
            JsonSerializer.Serialize(Given.After(Given.Placed(), Given.Shipped("S1", Given.At("L1"))), OrderJson.Default.OrderDocument),
            StringComparison.Ordinal
        );

    [Fact]
    public void Lines_without_a_substitution_are_the_placed_ones_themselves()
    {
        var order = Given.After(Given.Placed(), Given.Held());
        Assert.Same(order.Placed!.Said.Lines, order.Lines());
    }

    [Fact]
    public void A_document_of_before_reads_as_it_was()
    {
        const string old =
            """{"orderId":"1001","revision":1,"applied":["erp#e0"],"placed":{"channel":"web","version":{"occurredAt":"2026-03-01T09:30:00+00:00","sequence":0,"source":"erp","id":"e0"},"said":{"currency":"GBP","location":"L1","fulfilment":"Open","lines":[{"sku":"A","description":"thing A","quantity":1,"unitPrice":10,"discount":0}],"orderId":"1001"}},"allocations":[],"shipments":[],"deliveries":[],"refunds":[],"withdrawn":[]}""";
        var order = JsonSerializer.Deserialize(old, OrderJson.Default.OrderDocument)!;
        Assert.Equal((OrderStatus.Placed, 10m, 10m), (order.Status(), order.Gross(), order.RefundableAmount()));
        Assert.False(order.IsHeld());
        Assert.Null(order.ShipTo());
        Assert.Null(order.Placed!.Said.PromisedBy);
        Assert.True(order.Apply(Given.Header("h"), Given.Held()).IsHeld());
    }

    [Fact]
    public void The_newest_word_on_a_hold_holds()
    {
        var order = new OrderDocument { OrderId = Given.Order }
            .Apply(Given.Header("release", Given.Now.AddMinutes(2)), Given.Held(false))
            .Apply(Given.Header("hold", Given.Now.AddMinutes(1)), Given.Held());
        Assert.False(order.IsHeld());
    }

    [Fact]
    public void A_place_is_coarse_whatever_was_given()
    {
        var to = JsonSerializer.Deserialize("""{"latitude":51.507351,"longitude":-0.127758}""", EventJson.Default.ShipTo)!;
        Assert.Equal((51.5m, -0.1m), (to.Latitude, to.Longitude));
        Assert.DoesNotContain("51.507", JsonSerializer.Serialize(to, EventJson.Default.ShipTo), StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_is_the_newer_of_the_two()
    {
        var (home, work) = (new ShipTo { AddressReference = "home" }, new ShipTo { AddressReference = "work" });
        var placed = Given.Placed() with { ShipTo = home };
        Assert.Equal(work, Given.After(placed, Given.AddressChanged(work)).ShipTo());
        Assert.Equal(home, Given.After(Given.AddressChanged(work), placed).ShipTo());
        Assert.Equal(work, Given.After(Given.AddressChanged(work), Given.Placed()).ShipTo());
    }

    [Fact]
    public void An_answer_is_of_one_action_and_revision_and_the_newest_holds()
    {
        var order = Given.After(
            Given.Answered("a", 1, OrderActionAnswer.Refused),
            Given.Answered("a", 2),
            Given.Answered("b", 1),
            Given.Answered("a", 1)
        );
        Assert.Equal(OrderActionAnswer.Confirmed, order.AnswerTo(new ActionId("a"), 1)!.Answer);
        Assert.Equal(3, order.Handling!.Answers.Count);
        Assert.Null(order.AnswerTo(new ActionId("b"), 2));
    }

    [Fact]
    public void A_substitute_is_held_paid_and_awaited_instead_of_its_article()
    {
        var order = Given.After(
            Given.Placed(Given.Line("A", 3, 10, discount: 3), Given.Line("C")),
            Given.Allocated(Given.At("L2", "A", 3), Given.At("L2", "C")),
            Given.Substituted("X", "A", "B", 2, 8)
        );
        Assert.Equal(["A 1 1", "B 2 0", "C 1 0"], order.Lines().Select(l => $"{l.Sku} {l.Quantity} {l.Discount:0}"));
        // 10 − 1 of A, twice 8 of B, 10 of C.
        Assert.Equal(35m, order.Gross());
        var held = Reservations.Of(order);
        Assert.Equal(
            (new Quantity(1), new Quantity(2)),
            (held[(new Sku("A"), new LocationId("L2"))], held[(new Sku("B"), new LocationId("L2"))])
        );
        Assert.Equal(
            OrderStatus.Shipped,
            order.Apply(Given.Header("s"), Given.Shipped("S", Given.At("L2", "A"), Given.At("L2", "B", 2), Given.At("L2", "C"))).Status()
        );
    }

    [Fact]
    public void A_substitute_can_be_substituted_and_no_more_than_was_ordered()
    {
        var order = Given.After(
            Given.Placed(Given.Line("A", 2)),
            Given.Substituted("X1", "A", "B", 5, 9),
            Given.Substituted("X2", "B", "C", 1, 8)
        );
        Assert.Equal(["C 1", "B 1"], order.Lines().Select(l => $"{l.Sku} {l.Quantity}").OrderDescending());
        Assert.Equal(17m, order.Gross());
    }

    [Fact]
    public void Substitutions_follow_each_other_by_their_time_and_not_by_their_number()
    {
        var order = Given.After(Given.Placed(), Given.Substituted("X9", "A", "B"), Given.Substituted("X1", "B", "C"));
        Assert.Equal(new Sku("C"), Assert.Single(order.Lines()).Sku);
        Assert.Equal(new Quantity(1), Reservations.Of(order)[(new Sku("C"), new LocationId("L1"))]);
    }

    [Fact]
    public void Consent_to_substitutes_survives_the_row()
    {
        var order = Given.After(Given.Placed() with { SubstitutionConsent = true });
        Assert.True(
            JsonSerializer
                .Deserialize(JsonSerializer.Serialize(order, OrderJson.Default.OrderDocument), OrderJson.Default.OrderDocument)!
                .Placed!.Said.SubstitutionConsent
        );
    }

    [Fact]
    public void An_allocation_made_after_the_substitution_knows_of_it()
    {
        var order = Given.After(Given.Placed(), Given.Substituted("X", "A", "B"), Given.Allocated(Given.At("L2", "A")));
        Assert.Equal(new Quantity(1), Reservations.Of(order)[(new Sku("A"), new LocationId("L2"))]);
    }

    [Fact]
    public void Units_called_off_under_the_ordered_name_free_the_substitute()
    {
        var order = Given.After(
            Given.Placed(Given.Line("A", 2)),
            Given.Substituted("X", "A", "B", 2),
            Given.Refunded("R", Given.Line("A", 2)) with
            {
                Unshipped = true,
            }
        );
        Assert.Equal(OrderStatus.Cancelled, order.Status());
        Assert.All(Reservations.Of(order).Values, v => Assert.Equal(Quantity.Zero, v));
    }

    [Theory]
    [InlineData(null, 0, 20)]
    [InlineData(20.0, 0, 20)]
    [InlineData(8.0, 0, 8)]
    [InlineData(0.0, 0, 0)]
    [InlineData(50.0, 0, 20)]
    [InlineData(20.0, 15, 5)]
    [InlineData(8.0, 15, 0)]
    public void What_can_go_back_is_what_came_in_less_what_went_back(double? paid, int refunded, int left)
    {
        var order = Given.After(Given.Placed(Given.Line(quantity: 2)), Given.Refunded("R", []) with { Adjustment = refunded });
        if (paid is { } amount)
            order = order
                .Apply(Given.Header("p"), Given.Paid("P", (decimal)amount))
                .Apply(Given.Header("q"), Given.Paid("Q", 20, captured: false));
        Assert.Equal(left, order.RefundableAmount());
        Assert.Equal(paid is null ? null : 20m, order.Authorized());
    }

    [Fact]
    public void What_a_cheaper_substitute_gave_back_is_not_taken_off_twice()
    {
        var order = Given.After(Given.Placed(Given.Line("A", 2)), Given.Paid("P", 20), Given.Substituted("X", "A", "B", 2, 7));
        Assert.Equal(20, order.RefundableAmount());
        Assert.Equal(14, order.Apply(Given.Header("r"), Given.Refunded("R", []) with { Adjustment = 6 }).RefundableAmount());
        // Nobody says what was paid: the substitute's price, then.
        Assert.Equal(14, Given.After(Given.Placed(Given.Line("A", 2)), Given.Substituted("X", "A", "B", 2, 7)).RefundableAmount());
    }

    [Fact]
    public void A_payment_that_is_captured_is_no_longer_authorized()
    {
        var order = Given.After(Given.Placed(), Given.Paid("P", 10, captured: false), Given.Paid("P", 10));
        Assert.Equal((10m, 0m), (order.Paid(), order.Authorized()));
    }

    [Fact]
    public void What_was_picked_and_not_found_is_told_apart()
    {
        var order = Given.After(
            Given.Placed(Given.Line("A", 3)),
            Given.Picked("K", Given.At("L1", "A", 2)) with
            {
                Short = [Given.At("L1")],
            }
        );
        Assert.Equal(new Quantity(2), order.Picked()[(new Sku("A"), new LocationId("L1"))]);
        Assert.Equal(new Quantity(1), order.NotFound()[(new Sku("A"), new LocationId("L1"))]);
    }

    public static TheoryData<string, string?, object> Broken
    {
        get
        {
            var to = new ShipTo { AddressReference = "a" };
            return new()
            {
                { "nothing picked", "lines", Given.Picked("K") },
                { "only short", null, Given.Picked("K") with { Short = [Given.At("L1")] } },
                { "no units short", "short[0].quantity", Given.Picked("K") with { Short = [Given.At("L1", quantity: 0)] } },
                { "pick without number", "pickId", Given.Picked(" ", Given.At("L1")) },
                { "blank reason", "reason", Given.Held() with { Reason = " " } },
                { "no address", "shipTo.addressReference", Given.AddressChanged(new ShipTo()) },
                { "a whole postal address", "shipTo.postalArea", Given.AddressChanged(to with { PostalArea = "10 Downing Street" }) },
                { "half a place", "shipTo.longitude", Given.AddressChanged(to with { Latitude = 1 }) },
                { "beyond the pole", "shipTo.latitude", Given.AddressChanged(to with { Latitude = 90.1m, Longitude = 0 }) },
                { "beyond the date line", "shipTo.longitude", Given.AddressChanged(to with { Latitude = 0, Longitude = -181 }) },
                { "the pole", null, Given.AddressChanged(to with { Latitude = 90, Longitude = 180 }) },
                { "a long reference", "shipTo.addressReference", Given.AddressChanged(new ShipTo { AddressReference = new('x', 129) }) },
                { "itself", "to", Given.Substituted("X", "A", "A") },
                { "no units", "quantity", Given.Substituted("X", "A", "B", 0) },
                { "negative price", "unitPrice", Given.Substituted("X", "A", "B", 1, -1) },
                { "free", null, Given.Substituted("X", "A", "B", 1, 0) },
                { "negative payment", "amount", Given.Paid("P", -1) },
                { "given up", null, Given.Paid("P", 0) },
                { "reversed", null, Given.Posted("F", PostingKind.Sale, -5) },
                { "beyond numbers", "amount", Given.Posted("F", PostingKind.Sale, 1_000_000_001) },
                { "blank reference", "reference", Given.Posted("F", PostingKind.Refund, 1, " ") },
                { "revision 0", "revision", Given.Answered("a", 0) },
                { "long detail", "detail", Given.Answered("a") with { Detail = new('x', 513) } },
                { "placed to nowhere", "shipTo.addressReference", Given.Placed() with { ShipTo = new ShipTo() } },
                { "promised before time", "promisedBy", Given.Placed() with { PromisedBy = DateTimeOffset.MinValue } },
            };
        }
    }

    [Theory, MemberData(nameof(Broken))]
    public void A_rule_that_is_broken_names_its_field(string what, string? field, object said) =>
        Assert.True(((OrderEvent)said).Check()?.Field == field, $"{what}: {((OrderEvent)said).Check()}");
}
