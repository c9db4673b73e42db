using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Domain.Tests.Orders.Accuracy;

public class OrderTroublesTests
{
    private static readonly OrderTroubles Desk = new();

    private static readonly OrderPlaced Two = Given.Placed(Given.Line("A", 2)) with { CustomerId = "17850", Country = "GB" };

    private static readonly ReconciliationTerms NoBooks = new() { PostsSales = false };

    private static IReadOnlyList<OrderTrouble> Of(OrderDocument order, Func<TroubleFacts, TroubleFacts>? facts = null) =>
        Desk.Of(
            (facts ?? (static f => f))(
                new TroubleFacts
                {
                    Order = order,
                    Now = Given.Now.AddHours(2),
                    Terms = NoBooks,
                }
            )
        );

    private static OrderDocument Copy(string id, TimeSpan later, params OrderLine[] lines) =>
        new OrderDocument { OrderId = new(id) }.Apply(
            Given.Header($"p{id}", Given.Now + later),
            Two with
            {
                OrderId = new(id),
                Lines = lines.Length == 0 ? Two.Lines : lines,
            }
        );

    [Fact]
    public void A_sound_order_is_in_no_trouble() =>
        Assert.Empty(
            Of(
                Given.After(
                    Two with
                    {
                        ShipTo = new ShipTo { AddressReference = "a", Country = "gb" },
                        PromisedBy = Given.Now.AddDays(3),
                    }
                )
            )
        );

    [Fact]
    public void Units_that_no_location_has_are_as_good_as_picked_short()
    {
        var trouble = Assert.Single(Of(Given.After(Two), static f => f with { Nowhere = [new SkuUnits(new("A"), new(1))] }));
        Assert.Equal((TroubleKind.ShortPick, Two.Lines[0].UnitPrice), (trouble.Kind, trouble.Revenue.Amount));
        Assert.Contains("No location can ship 1 of A", trouble.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_kind_has_its_owner_its_time_and_what_to_do()
    {
        var order = Given.After(
            Two with
            {
                ShipTo = new ShipTo { Country = "FR" },
                PromisedBy = Given.Now.AddHours(1),
            },
            Given.Picked("K", Given.At("L1")) with
            {
                Short = [Given.At("L1")],
            }
        );
        var troubles = Of(
            order,
            f =>
                f with
                {
                    PricesInForce = new Dictionary<Sku, decimal> { [new("A")] = 8 },
                    OthersOfCustomer = [Copy("0999", -TimeSpan.FromMinutes(5))],
                    Terms = new ReconciliationTerms { Grace = TimeSpan.FromHours(1) },
                }
        );
        Assert.Equal(Enum.GetValues<TroubleKind>(), troubles.Select(static t => t.Kind).Order());
        Assert.All(
            troubles,
            t =>
                Assert.True(
                    t.Owner.Length > 0
                        && t.Sla > TimeSpan.Zero
                        && t.Words.Length > 0
                        && t.RecommendedAction.Length > 0
                        && t.Score is > 0 and <= 100
                )
        );
        Assert.Equal(4, troubles.Single(static t => t.Kind == TroubleKind.PriceMismatch).Revenue.Amount);
        Assert.Equal(10, troubles.Single(static t => t.Kind == TroubleKind.ShortPick).Revenue.Amount);
        Assert.Equal(troubles.Select(static t => t.Score).OrderDescending(), troubles.Select(static t => t.Score));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(10, true)]
    [InlineData(10.1, false)]
    [InlineData(0, true)]
    [InlineData(-5, false)]
    public void The_later_of_two_alike_within_minutes_is_the_duplicate(double minutes, bool duplicate)
    {
        var (first, second) = (Copy("0999", TimeSpan.Zero), Copy("1001", TimeSpan.FromMinutes(minutes)));
        Assert.Equal(duplicate ? first.OrderId : null, Desk.DuplicateOf(second, [first, second]));
        Assert.Equal(minutes >= -10 && minutes < 0 ? second.OrderId : null, Desk.DuplicateOf(first, [second]));
    }

    [Fact]
    public void Other_lines_another_customer_or_a_cancelled_order_make_no_duplicate()
    {
        var order = Copy("1001", TimeSpan.FromMinutes(1));
        Assert.Null(Desk.DuplicateOf(order, [Copy("0999", TimeSpan.Zero, Given.Line("A", 3))]));
        Assert.Equal(new OrderId("0999"), Desk.DuplicateOf(order, [Copy("0999", TimeSpan.Zero, Given.Line(), Given.Line())]));
        Assert.Null(Desk.DuplicateOf(order, [Copy("0999", TimeSpan.Zero).Apply(Given.Header("c"), Given.Cancelled())]));
        Assert.Null(
            Desk.DuplicateOf(
                order,
                [
                    new OrderDocument { OrderId = new("0999") }.Apply(
                        Given.Header("p"),
                        Two with
                        {
                            OrderId = new("0999"),
                            CustomerId = "other",
                        }
                    ),
                ]
            )
        );
        Assert.Null(
            Desk.DuplicateOf(
                new OrderDocument { OrderId = new("2") }.Apply(Given.Header("p"), Two with { CustomerId = null }),
                [Copy("0999", TimeSpan.Zero)]
            )
        );
    }

    [Fact]
    public void A_dearer_order_and_a_nearer_promise_come_first()
    {
        int Score(decimal units, double promisedInHours) =>
            Of(
                    Given.After(
                        Given.Placed(Given.Line("A", units)) with
                        {
                            PromisedBy = Given.Now.AddHours(promisedInHours),
                        },
                        Given.Picked("K") with
                        {
                            Short = [Given.At("L1", "A", units)],
                        }
                    )
                )
                .Single(static t => t.Kind == TroubleKind.ShortPick)
                .Score;
        Assert.True(Score(20, 72) > Score(2, 72));
        Assert.Equal(Score(50, 72), Score(500, 72));
        Assert.Equal(Score(2, 72) + 10, Score(2, 20));
        Assert.Equal(Score(2, 72) + 20, Score(2, 1));
    }

    [Fact]
    public void The_same_trouble_seen_again_is_one_exception_though_its_figures_moved()
    {
        var (early, late) = (
            Of(Given.After(Two with { PromisedBy = Given.Now })),
            Of(
                Given.After(Two with { PromisedBy = Given.Now }, Given.Shipped("S", Given.At("L1")), Given.Delivered("S")),
                f => f with { Now = Given.Now.AddDays(1) }
            )
        );
        Assert.NotEqual(early[0].Words, late[0].Words);
        Assert.Equal(early[0].AsException(Given.Now).Fingerprint, late[0].AsException(Given.Now.AddDays(1)).Fingerprint);
        Assert.Equal(
            ("order-late", "order 1001", "fulfilment-lead"),
            (early[0].AsException(Given.Now).Type, early[0].AsException(Given.Now).Subject, early[0].AsException(Given.Now).Owner)
        );
    }

    [Fact]
    public void A_ranking_is_the_same_whatever_order_it_was_given_in() =>
        Prop.ForAll<int>(seed =>
            {
                var troubles = Enumerable
                    .Range(0, 8)
                    .Select(i =>
                        Of(Given.After(Given.Placed(Given.Line("A", i % 3 + 1)) with { PromisedBy = Given.Now, OrderId = Given.Order }))
                            .Single() with
                        {
                            OrderId = new($"{i % 4}"),
                        }
                    )
                    .ToList();
                return OrderTroubles
                    .Ranked(troubles)
                    .SequenceEqual(OrderTroubles.Ranked(Given.ShuffledWithRepeats(troubles, seed).Distinct()));
            })
            .QuickCheckThrowOnFailure();
}
