using Stockgate.Domain.Approvals;
using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

/// <summary>Random orders and random sequences of actions on them.</summary>
public class OrderActionMoneyTests
{
    [Fact]
    public void Whatever_is_asked_for_never_more_goes_back_than_came_in() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var order = Given.After(
                    Given.Placed([
                        .. Enumerable
                            .Range(0, random.Next(1, 4))
                            .Select(_ => Given.Line(random.Next(2) == 0 ? "A" : "B", random.Next(1, 4), random.Next(1, 2000) / 100m)),
                    ]) with
                    {
                        Fulfilment = random.Next(2) == 0 ? Fulfilment.Immediate : Fulfilment.Open,
                    }
                );
                if (random.Next(2) == 0)
                    order = order.Apply(Given.Header("p"), Given.Paid("P", random.Next(0, (int)order.Gross() + 5)));
                var earlier = new List<EarlierAction>();
                for (var i = 0; i < 12; i++)
                {
                    if (random.Next(4) == 0)
                        order = order.Apply(
                            Given.Header($"s{i}", Given.Now.AddMinutes(i)),
                            Given.Shipped($"S{i}", Given.At("L1", random.Next(2) == 0 ? "A" : "B"))
                        );
                    var request = Request(random);
                    var review = request.Review(Asked.Facts(order, [.. earlier]));
                    if (review.Feasibility.Possible && review.Effect.Money is { } money)
                        Execute(random, $"act-{i}", request, money, earlier, ref order);
                    var promised = earlier
                        .Where(e => order.Refunds.All(r => r.Said.RefundId != e.ActionId.Value))
                        .Sum(e => e.Promised?.Amount ?? 0);
                    if (
                        order.Refunded() + promised
                        > Math.Min(order.Placed!.Said.Lines.Sum(static l => l.Amount), order.Paid() ?? decimal.MaxValue)
                    )
                        return false.Label($"{order.Refunded()} + {promised} of {order.Gross()}, paid {order.Paid()}, by {request}");
                }
                return true.ToProperty();
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Any_action_on_any_order_is_reviewed_and_what_cannot_be_done_is_never_done() =>
        Prop.ForAll<int, int>(
                (seed, asked) =>
                {
                    var order = OrderHistory
                        .Of(seed)
                        .Aggregate(new OrderDocument { OrderId = Given.Order }, static (o, e) => o.Apply(e.Header, e.Said));
                    var request = Request(new Random(asked));
                    var facts = Asked.Facts(order).With("A", "L2", 9).With("B", "L2", 9).With("A", "L1", 9);
                    var review = request.Review(facts);
                    return review.Risk.Score is >= 0 and <= 100
                        && (review.Effect.Money?.Amount ?? 1) > 0
                        && (review.Effect.Money?.Amount ?? 0) <= order.RefundableAmount()
                        && review.Effect.StockReturned.All(l => l.Quantity > Quantity.Zero)
                        && (review.Feasibility.Possible || review.Autonomy.Level == AutonomyLevel.Never)
                        && (review.Effect.Money?.Payable ?? true);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_same_events_in_any_order_make_the_same_review() =>
        Prop.ForAll<int, int, int>(
                (seed, shuffle, asked) =>
                {
                    static OrderDocument Apply(IEnumerable<(EventHeader Header, OrderEvent Said)> events) =>
                        events.Aggregate(new OrderDocument { OrderId = Given.Order }, static (o, e) => o.Apply(e.Header, e.Said));
                    var (history, request) = (OrderHistory.Of(seed), Request(new Random(asked)));
                    var (a, b) = (
                        request.Review(Asked.Facts(Apply(history))),
                        request.Review(Asked.Facts(Apply(Given.ShuffledWithRepeats(history, shuffle))))
                    );
                    return Json(a) == Json(b);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Units_that_came_back_without_a_price_and_their_money_beside_them_are_not_paid_again() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var (units, price) = (random.Next(2, 8), random.Next(1, 2000) / 100m);
                var order = Given.After(
                    Given.Placed(Given.Line("A", units, price), Given.Line("B", 3, 40)) with
                    {
                        Fulfilment = Fulfilment.Immediate,
                    }
                );
                var (left, back) = (units, 0m);
                for (var i = 0; left > 0; i++)
                {
                    var now = random.Next(1, left + 1);
                    var money = Asked
                        .For(OrderActionKind.Refund, Asked.Units("A", now))
                        .Review(Asked.Facts(order))
                        .Effect.Money!.Value.Amount;
                    order = order.Apply(
                        Given.Header($"r{i}", Given.Now.AddMinutes(i)),
                        Given.Refunded($"R{i}", Given.Line("A", now, price: 0)) with
                        {
                            Adjustment = money,
                        }
                    );
                    (left, back) = (left - now, back + money);
                }
                return (back == units * price).Label($"{back} for {units} at {price}");
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Money_beside_units_of_two_articles_is_shared_by_what_they_cost()
    {
        var order = Given.After(
            Given.Placed(Given.Line("A", 2, 10), Given.Line("B", 2, 30)) with
            {
                Fulfilment = Fulfilment.Immediate,
            },
            Given.Refunded("R", Given.Line("A", 1, price: 0), Given.Line("B", 1, price: 0)) with
            {
                Adjustment = 40,
            }
        );
        Assert.Equal((10m, 30m), (MoneyFor(order, "A", 1), MoneyFor(order, "B", 1)));
    }

    [Fact]
    public void The_last_unit_gives_what_rounding_left_and_not_what_was_kept_back()
    {
        var third = Given.After(
            Given.Placed(Given.Line("A", 3, 10, discount: 20), Given.Line("B", 3, 40)) with
            {
                Fulfilment = Fulfilment.Immediate,
            },
            Given.Refunded("R", Given.Line("A", 2, 3.33m))
        );
        Assert.Equal(3.34m, MoneyFor(third, "A", 1));
        var damaged = Given.After(
            Given.Placed(Given.Line("A", 2, 10), Given.Line("B", 3, 40)) with
            {
                Fulfilment = Fulfilment.Immediate,
            },
            Given.Refunded("R", Given.Line("A", 1, 5))
        );
        Assert.Equal(10m, MoneyFor(damaged, "A", 1));
    }

    private static decimal MoneyFor(OrderDocument order, string sku, int units) =>
        Asked.For(OrderActionKind.Refund, Asked.Units(sku, units)).Review(Asked.Facts(order)).Effect.Money!.Value.Amount;

    private static string Json(OrderActionReview review) =>
        System.Text.Json.JsonSerializer.Serialize(review, OrderActionsJson.Default.OrderActionReview);

    private static OrderActionRequest Request(Random random)
    {
        var lines = new[] { Asked.Units(random.Next(2) == 0 ? "A" : "B", random.Next(1, 3)) };
        return random.Next(9) switch
        {
            0 => Asked.Money(),
            1 or 2 => Asked.Money(random.Next(1, 3000) / 100m),
            3 => Asked.For(OrderActionKind.Refund, lines),
            4 => Asked.For(OrderActionKind.CancelLines, lines),
            5 => Asked.For(OrderActionKind.Cancel),
            6 => Asked.For(OrderActionKind.Reroute) with { Location = Asked.L2 },
            7 => Asked.For(OrderActionKind.Substitute, [lines[0] with { Substitute = new Sku("C") }]) with { Consent = true },
            _ => Asked.For(OrderActionKind.ChangeAddress) with { ShipTo = Asked.Leeds },
        };
    }

    // The channel is slow: what it confirms may reach the document later or never, and its answer before or after.
    private static void Execute(
        Random random,
        string id,
        OrderActionRequest request,
        Money money,
        List<EarlierAction> earlier,
        ref OrderDocument order
    )
    {
        earlier.Add(new EarlierAction(new ActionId(id), request, money, (EarlierActionState)random.Next(3)));
        if (random.Next(2) == 0)
            return;
        var refund = Given.Refunded(id, [.. request.Lines.Select(l => Given.Line(l.Sku.Value, l.Quantity.Value, 0))]) with
        {
            Adjustment = money.Amount,
            Unshipped = request.Action == OrderActionKind.CancelLines,
        };
        order = order.Apply(Given.Header(id, Given.Now.AddHours(1)), refund);
    }
}
