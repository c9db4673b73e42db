using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Domain.Tests.Orders.Accuracy;

public class PerfectOrderTests
{
    private static readonly ReconciliationTerms Terms = new();

    private static readonly OrderEvent[] Right =
    [
        Given.Placed(Given.Line("A", 2)) with
        {
            PromisedBy = Given.Now.AddDays(2),
        },
        Given.Posted("F", PostingKind.Sale, 20),
        Given.Shipped("S", Given.At("L1", "A", 2)),
        Given.Delivered("S"),
    ];

    private static PerfectOrderVerdict? Judge(params OrderEvent[] events) =>
        PerfectOrder.Of(Given.After(events), Given.Now.AddDays(9), Terms);

    [Fact]
    public void What_is_right_in_all_four_is_perfect() => Assert.True(Judge(Right)!.Perfect);

    public static TheoryData<string, object[], string> Wrong =>
        new()
        {
            { "goods came back", [Given.Refunded("R", Given.Line()), Given.Posted("G", PostingKind.Refund, 10, "R")], "Undamaged" },
            { "the books say more", [Given.Posted("G", PostingKind.Sale, 5)], "RightDocuments" },
            { "too much was sent", [Given.Shipped("T", Given.At("L1")), Given.Delivered("T")], "Complete" },
            { "a wrong thing was sent", [Given.Shipped("T", Given.At("L1", "B")), Given.Delivered("T")], "Complete" },
        };

    [Theory, MemberData(nameof(Wrong))]
    public void Each_fault_counts_where_it_belongs(string what, object[] also, string respect)
    {
        var verdict = Judge([.. Right, .. also.Cast<OrderEvent>()])!;
        Assert.False(verdict.Perfect, what);
        Assert.Equal(
            [respect],
            new[]
            {
                (verdict.Complete, "Complete"),
                (verdict.OnTime, "OnTime"),
                (verdict.Undamaged, "Undamaged"),
                (verdict.RightDocuments, "RightDocuments"),
            }
                .Where(static r => !r.Item1)
                .Select(static r => r.Item2)
        );
    }

    [Fact]
    public void An_order_that_is_late_counts_though_it_has_not_arrived()
    {
        Assert.False(Judge(Right[..3])!.OnTime);
        Assert.Null(PerfectOrder.Of(Given.After(Right[..3]), Given.Now.AddDays(1), Terms));
    }

    [Fact]
    public void What_was_not_found_and_paid_back_was_not_complete()
    {
        var verdict = Judge(
            Given.Placed(Given.Line("A", 2)),
            Given.Posted("F", PostingKind.Sale, 20),
            Given.Picked("K", Given.At("L1")) with
            {
                Short = [Given.At("L1")],
            },
            Given.Refunded("R", Given.Line()) with
            {
                Unshipped = true,
            },
            Given.Posted("G", PostingKind.Refund, 10, "R"),
            Given.Shipped("S", Given.At("L1")),
            Given.Delivered("S")
        )!;
        Assert.Equal((false, true, true, true), (verdict.Complete, verdict.OnTime, verdict.Undamaged, verdict.RightDocuments));
    }

    [Fact]
    public void A_change_of_mind_is_nobodys_fault()
    {
        var order = Given.After([.. Right, Given.Refunded("R", Given.Line()), Given.Posted("G", PostingKind.Refund, 10, "R")]);
        Assert.True(PerfectOrder.Of(order, Given.Now.AddDays(9), Terms, new HashSet<string> { "R" })!.Perfect);
        Assert.False(PerfectOrder.Of(order, Given.Now.AddDays(9), Terms, new HashSet<string> { "Q" })!.Perfect);
    }

    [Fact]
    public void A_cancelled_order_and_one_that_was_never_placed_do_not_count()
    {
        Assert.Null(Judge(Given.Placed(), Given.Cancelled()));
        Assert.Null(Judge(Given.Shipped("S", Given.At("L1")), Given.Delivered("S")));
    }

    [Fact]
    public void The_rate_is_known_by_hand()
    {
        static PerfectOrderVerdict Verdict(bool complete, bool onTime, bool undamaged, bool documents) =>
            new(Given.Order, complete, onTime, undamaged, documents);
        // Ten orders: seven perfect, one late, one late and incomplete, one with wrong books.
        var rate = PerfectOrder.RateOf([
            .. Enumerable.Repeat(Verdict(true, true, true, true), 7),
            Verdict(true, false, true, true),
            Verdict(false, false, true, true),
            Verdict(true, true, true, false),
        ]);
        Assert.Equal((10, 7, 0.7m, 0.9m * 0.8m * 1m * 0.9m), (rate.Orders, rate.Perfect, rate.Share!.Value, rate.Index!.Value));
        Assert.Null(PerfectOrder.RateOf([]).Share);
    }

    [Fact]
    public void A_rate_is_between_nothing_and_its_weakest_respect() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var rate = PerfectOrder.RateOf(
                    Enumerable
                        .Range(0, random.Next(1, 30))
                        .Select(_ => new PerfectOrderVerdict(
                            Given.Order,
                            random.Next(4) > 0,
                            random.Next(4) > 0,
                            random.Next(4) > 0,
                            random.Next(4) > 0
                        ))
                );
                var weakest = new[] { rate.Complete, rate.OnTime, rate.Undamaged, rate.RightDocuments }.Min();
                return rate.Share >= 0 && rate.Share <= weakest && rate.Index >= 0 && rate.Index <= weakest;
            })
            .QuickCheckThrowOnFailure();
}
