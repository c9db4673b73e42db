using Stockgate.Domain.Approvals;
using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

public class OrderActionFeasibilityTests
{
    private static readonly OrderEvent Two =
            Given.Placed(Given.Line(quantity: 2)) with
            {
                ShipTo = Asked.London,
                PromisedBy = Given.Now.AddDays(3),
            },
        Pick = Given.Picked("K", Given.At("L1", quantity: 2)),
        One = Given.Shipped("S1", Given.At("L1")),
        Both = Given.Shipped("S1", Given.At("L1", quantity: 2)),
        Cancel = Given.Cancelled(),
        Hold = Given.Held(),
        Till = Given.Placed(Given.Line(quantity: 2)) with { Fulfilment = Fulfilment.Immediate },
        Paid = Given.Paid("P", 20),
        Authorized = Given.Paid("P", 20, captured: false),
        Back = Given.Refunded("R", []) with { Adjustment = 15 };

    public static TheoryData<string, string, string?, int?> Table =>
        new()
        {
            // request, what was said, the check that fails, money to the customer
            { "cancel", "", "placed", null },
            { "cancel", "Two", null, 20 },
            { "cancel", "Two Pick", null, 20 },
            { "cancel", "Two One", "shipped", null },
            { "cancel", "Two Both", "shipped", null },
            { "cancel", "Till", "shipped", null },
            { "cancel", "Two Cancel", "open", null },
            { "cancel", "Two Authorized", null, null },
            { "cancel", "Two Paid Back", null, 5 },
            { "cancel 1", "Two", null, 10 },
            { "cancel 1", "Two One", null, 10 },
            { "cancel 2", "Two One", "open", 10 },
            { "cancel 1", "Two Authorized", null, null },
            { "cancel 1", "Two Paid", null, 10 },
            { "cancel 3", "Two", "open", 20 },
            { "refund", "Two Paid", null, 20 },
            { "refund", "Two Authorized", "money", null },
            { "refund", "Two Paid Back", null, 5 },
            { "refund 12.50", "Two Paid", null, 12 },
            { "refund 12.50", "Two Paid Back", "money", 5 },
            { "refund 20", "Two", null, 20 },
            { "refund 21", "Two", "money", 20 },
            { "refund units 1", "Two Both", null, 10 },
            { "refund units 1", "Two", "units", null },
            { "refund units 1", "Till", null, 10 },
            { "refund units 3", "Till", "units", 20 },
            { "address", "Two", null, null },
            { "address", "Two Both", "shipped", null },
            { "address", "Two Cancel", "shipped", null },
            { "same address", "Two", "address", null },
            { "reroute", "Two", null, null },
            { "reroute", "Two Pick", "elsewhere", null },
            { "reroute", "Two Both", "shipped", null },
            { "reroute nowhere", "Two", "location", null },
            { "reroute stay", "Two", "elsewhere", null },
            { "substitute", "Two", null, null },
            { "substitute unasked", "Two", "consent", null },
            { "substitute", "Two Pick", "picked", null },
            { "substitute", "Two Both", "shipped", null },
            { "substitute other", "Two", "category", null },
            { "substitute scarce", "Two", "stock", null },
            { "hold", "Two", null, null },
            { "hold", "Two Hold", "hold", null },
            { "hold", "Two Both", "shipped", null },
            { "release", "Two Hold", null, null },
            { "release", "Two", "hold", null },
        };

    [Theory, MemberData(nameof(Table))]
    public void What_can_be_done_follows_from_the_order(string request, string events, string? fails, int? money)
    {
        var facts = Asked
            .Facts(Given.After([.. events.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Event)]))
            .With("A", "L2", 5)
            .With("B", "L1", 5)
            .With("C", "L1", 0)
            .With("D", "L1", 9) with
        {
            Products = new Dictionary<Sku, ProductSeen>
            {
                [new("A")] = new("mugs", null),
                [new("B")] = new("mugs", new Money(12, Given.Gbp)),
                [new("D")] = new("shoes", null),
            },
        };
        var review = Request(request).Review(facts);
        Assert.Equal(fails, review.Failed());
        Assert.Equal(fails is null, review.Feasibility.Possible);
        Assert.Equal(money, review.Effect.Money is { } back ? (int)back.Amount : null);
        Assert.Equal(fails is not null, review.Recommendation.Advice == ActionAdvice.Reject);
        if (fails is not null)
            Assert.Equal(AutonomyLevel.Never, review.Autonomy.Level);
        Assert.All(review.Feasibility.Checks, c => Assert.NotEmpty(c.Reason));
        Assert.NotEmpty(review.Effect.Words);
    }

    [Fact]
    public void Two_refunds_asked_for_at_once_do_not_take_the_same_money()
    {
        var order = Given.After(Two, Paid);
        Assert.Null(Asked.Money(15).Review(Asked.Facts(order)).Failed());
        Assert.Equal("money", Asked.Money(15).Review(Asked.Facts(order, Asked.Earlier("a", Asked.Money(15), 15))).Failed());
        Assert.Equal(
            5,
            Asked
                .Money()
                .Review(Asked.Facts(order, Asked.Earlier("a", Asked.Money(15), 15, EarlierActionState.Executing)))
                .Effect.Money!.Value.Amount
        );
    }

    [Fact]
    public void A_refund_that_is_in_the_document_already_is_counted_once()
    {
        var order = Given.After(Two, Paid, Given.Refunded("a", []) with { Adjustment = 15 });
        Assert.Equal(
            5,
            Asked
                .Money()
                .Review(Asked.Facts(order, Asked.Earlier("a", Asked.Money(15), 15, EarlierActionState.Executed)))
                .Effect.Money!.Value.Amount
        );
        Assert.Equal(
            "money",
            Asked
                .Money(1)
                .Review(Asked.Facts(Given.After(Two, Paid), Asked.Earlier("a", Asked.Money(20), 20, EarlierActionState.Executed)))
                .Failed()
        );
    }

    [Fact]
    public void Units_promised_to_another_action_are_not_there_twice()
    {
        var order = Given.After(Two);
        var earlier = Asked.Earlier("a", Asked.For(OrderActionKind.CancelLines, Asked.Units()), 10);
        Assert.Null(Asked.For(OrderActionKind.CancelLines, Asked.Units()).Review(Asked.Facts(order, earlier)).Failed());
        Assert.Equal("open", Asked.For(OrderActionKind.CancelLines, Asked.Units(quantity: 2)).Review(Asked.Facts(order, earlier)).Failed());
    }

    [Theory]
    [InlineData(OrderActionKind.ChangeAddress, false)]
    [InlineData(OrderActionKind.Release, false)]
    [InlineData(OrderActionKind.Hold, true)]
    [InlineData(OrderActionKind.Refund, true)]
    public void Nothing_is_done_to_an_order_that_is_being_called_off(OrderActionKind action, bool possible)
    {
        var request = Asked.For(action) with { ShipTo = action == OrderActionKind.ChangeAddress ? Asked.Leeds : null };
        var events = action == OrderActionKind.Release ? new[] { Two, Hold } : [Two];
        Assert.Null(request.Review(events).Failed());
        Assert.Equal(
            possible ? null : "other actions",
            request.Review(Asked.Facts(Given.After(events), Asked.Earlier("c", Asked.For(OrderActionKind.Cancel), 0))).Failed()
        );
    }

    [Fact]
    public void A_part_that_was_never_paid_does_not_go_back()
    {
        // 2 × 10 ordered, 12 taken: calling 10 off leaves 10 to be covered, so 2 go back.
        var review = Asked.For(OrderActionKind.CancelLines, Asked.Units()).Review(Two, Given.Paid("P", 12));
        Assert.Equal(2, review.Effect.Money!.Value.Amount);
        Assert.Equal(10, review.Effect.Exposure!.Value.Amount);
    }

    [Fact]
    public void The_last_units_give_back_all_that_is_left_to_the_coin()
    {
        var order = Given.After(
            Given.Placed(Given.Line(quantity: 3, price: 3.34m, discount: 0.02m)) with
            {
                Fulfilment = Fulfilment.Immediate,
            }
        );
        var total = 0m;
        for (var i = 0; i < 3; i++)
        {
            var review = Asked.For(OrderActionKind.Refund, Asked.Units()).Review(Asked.Facts(order));
            total += review.Effect.Money!.Value.Amount;
            order = order.Apply(Given.Header($"r{i}"), Given.Refunded($"R{i}", Given.Line(price: review.Effect.Money!.Value.Amount)));
        }
        Assert.Equal(10m, total);
        Assert.Equal("units", Asked.For(OrderActionKind.Refund, Asked.Units()).Review(Asked.Facts(order)).Failed());
    }

    [Fact]
    public void A_reroute_says_what_moves_and_when_it_comes()
    {
        var far = Asked.Facts(Given.After(Two)).With("A", "L3", 2);
        far = far with { Locations = new Dictionary<LocationId, Place>(far.Locations) { [new("L3")] = new(40.4m, -3.7m) } };
        var review = (Asked.For(OrderActionKind.Reroute) with { Location = new LocationId("L3") }).Review(far);
        Assert.Null(review.Failed());
        Assert.Equal(
            ("L1", "L3"),
            (Assert.Single(review.Effect.StockReturned).Location.Value, Assert.Single(review.Effect.StockTaken).Location.Value)
        );
        // London to Madrid, about 1,264 km: three days of 500 km.
        Assert.Equal(Given.Now.AddDays(6), review.Effect.NewDeliveryBy);
        Assert.Equal(
            "stock age",
            (Asked.For(OrderActionKind.Reroute) with { Location = new LocationId("L3") })
                .Review(far.With("A", "L3", 2, TimeSpan.FromHours(2)))
                .Failed()
        );
    }

    [Fact]
    public void A_substitute_never_costs_the_customer_more()
    {
        var facts = Asked.Facts(Given.After(Two, Paid)).With("B", "L1", 5).With("C", "L1", 5) with
        {
            Products = new Dictionary<Sku, ProductSeen>
            {
                [new("B")] = new(null, new Money(12, Given.Gbp)),
                [new("C")] = new(null, new Money(7, Given.Gbp)),
            },
        };
        OrderActionReview Of(string substitute) =>
            (Asked.For(OrderActionKind.Substitute, Asked.Units("A", 2, substitute)) with { Consent = true }).Review(facts);
        Assert.Equal((10m, null), (Of("B").Effect.Units[0].UnitPrice, Of("B").Effect.Money));
        Assert.Equal((7m, 6m), (Of("C").Effect.Units[0].UnitPrice, Of("C").Effect.Money!.Value.Amount));
    }

    private static OrderActionRequest Request(string text) =>
        text switch
        {
            "cancel" => Asked.For(OrderActionKind.Cancel),
            "cancel 1" => Asked.For(OrderActionKind.CancelLines, Asked.Units()),
            "cancel 2" => Asked.For(OrderActionKind.CancelLines, Asked.Units(quantity: 2)),
            "cancel 3" => Asked.For(OrderActionKind.CancelLines, Asked.Units(quantity: 3)),
            "refund" => Asked.Money(),
            "refund 12.50" => Asked.Money(12.50m),
            "refund 20" => Asked.Money(20),
            "refund 21" => Asked.Money(21),
            "refund units 1" => Asked.For(OrderActionKind.Refund, Asked.Units()),
            "refund units 3" => Asked.For(OrderActionKind.Refund, Asked.Units(quantity: 3)),
            "address" => Asked.For(OrderActionKind.ChangeAddress) with { ShipTo = Asked.Leeds },
            "same address" => Asked.For(OrderActionKind.ChangeAddress) with { ShipTo = Asked.London },
            "reroute" => Asked.For(OrderActionKind.Reroute) with { Location = Asked.L2 },
            "reroute nowhere" => Asked.For(OrderActionKind.Reroute) with { Location = new LocationId("L9") },
            "reroute stay" => Asked.For(OrderActionKind.Reroute) with { Location = Asked.L1 },
            "substitute" => Asked.For(OrderActionKind.Substitute, Asked.Units(substitute: "B")) with { Consent = true },
            "substitute unasked" => Asked.For(OrderActionKind.Substitute, Asked.Units(substitute: "B")),
            "substitute other" => Asked.For(OrderActionKind.Substitute, Asked.Units(substitute: "D")) with { Consent = true },
            "substitute scarce" => Asked.For(OrderActionKind.Substitute, Asked.Units(substitute: "C")) with { Consent = true },
            "hold" => Asked.For(OrderActionKind.Hold),
            "release" => Asked.For(OrderActionKind.Release),
            _ => throw new ArgumentOutOfRangeException(nameof(text), text, null),
        };

    private static OrderEvent Event(string name) =>
        name switch
        {
            nameof(Two) => Two,
            nameof(Pick) => Pick,
            nameof(One) => One,
            nameof(Both) => Both,
            nameof(Cancel) => Cancel,
            nameof(Hold) => Hold,
            nameof(Till) => Till,
            nameof(Paid) => Paid,
            nameof(Authorized) => Authorized,
            nameof(Back) => Back,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
}
