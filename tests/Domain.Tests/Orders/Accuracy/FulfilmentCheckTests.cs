using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Domain.Tests.Orders.Accuracy;

public class FulfilmentCheckTests
{
    private static readonly OrderEvent Two = Given.Placed(Given.Line("A", 2)) with { PromisedBy = Given.Now.AddDays(2) },
        Till = Given.Placed(Given.Line("A", 2)) with { Fulfilment = Fulfilment.Immediate, PromisedBy = Given.Now.AddDays(-1) },
        PickOne = Given.Picked("K1", Given.At("L1")) with { Short = [Given.At("L1")] },
        PickOther = Given.Picked("K2", Given.At("L2")),
        PickThree = Given.Picked("K3", Given.At("L1", "A", 3)),
        PickB = Given.Picked("K4", Given.At("L1", "B")),
        ShipTwo = Given.Shipped("S1", Given.At("L1", "A", 2)),
        ShipThree = Given.Shipped("S1", Given.At("L1", "A", 3)),
        ShipOne = Given.Shipped("S1", Given.At("L1")),
        ShipB = Given.Shipped("S2", Given.At("L1", "B")),
        Arrived = Given.Delivered("S1"),
        ArrivedB = Given.Delivered("S2"),
        OffOne = Given.Refunded("R", Given.Line("A")) with { Unshipped = true },
        Cancel = Given.Cancelled(),
        AForB = Given.Substituted("X", "A", "B", 1);

    public static TheoryData<string, double, string> Table =>
        new()
        {
            { "", 0, "" },
            { "Two", 1, "" },
            { "Two", 2.1, "Late 2" },
            { "Two ShipTwo", 2.1, "Late 2" },
            { "Two ShipTwo Arrived", 9, "" },
            { "Two ShipOne Arrived", 9, "Late 1" },
            { "Two Cancel", 9, "" },
            { "Till", 9, "" },
            { "Two PickOne", 1, "ShortPick A 1" },
            { "Two PickOne PickOther", 1, "" },
            { "Two PickOne OffOne", 1, "" },
            { "Two PickThree", 1, "Over A 1" },
            { "Two PickB", 1, "WrongItem B 1" },
            { "Two ShipThree", 1, "Over A 1" },
            { "Two ShipB", 1, "WrongItem B 1" },
            { "Two ShipOne ShipB Arrived ArrivedB", 1, "Short A 1 WrongItem B 1" },
            { "Two AForB ShipOne ShipB Arrived ArrivedB", 9, "" },
            { "Two AForB ShipTwo Arrived", 1, "Over A 1 Short B 1" },
            { "Two OffOne ShipTwo", 1, "Over A 1" },
            { "Two OffOne ShipOne Arrived", 9, "" },
            { "Two ShipOne Cancel Arrived", 9, "" },
            { "ShipOne Arrived", 9, "" },
        };

    [Theory, MemberData(nameof(Table))]
    public void What_was_ordered_is_held_against_what_was_sent(string events, double days, string found) =>
        Assert.Equal(
            found,
            string.Join(
                ' ',
                FulfilmentCheck
                    .Of(Given.After([.. events.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Named)]), Given.Now.AddDays(days))
                    .Select(static f => $"{f.Fault}{(f.Sku is { } sku ? $" {sku}" : "")} {f.Units}")
                    .Order(StringComparer.Ordinal)
            )
        );

    [Fact]
    public void A_parcel_that_arrived_after_the_promise_stays_late()
    {
        var order = Given.After(Two, ShipTwo).Apply(Given.Header("d", Given.Now.AddDays(3)), Arrived);
        Assert.Equal(FulfilmentFault.Late, Assert.Single(FulfilmentCheck.Of(order, Given.Now.AddDays(30))).Fault);
        Assert.Equal(Given.Now.AddDays(3), FulfilmentCheck.CompletedAt(order));
    }

    [Fact]
    public void The_order_of_arrival_of_events_does_not_matter() =>
        Prop.ForAll<int, int>(
                (seed, shuffle) =>
                {
                    static string Found(IEnumerable<(EventHeader Header, OrderEvent Said)> events) =>
                        string.Join(
                            '\n',
                            FulfilmentCheck.Of(
                                events.Aggregate(new OrderDocument { OrderId = Given.Order }, static (o, e) => o.Apply(e.Header, e.Said)),
                                Given.Now.AddDays(9)
                            )
                        );
                    var history = OrderHistory.Of(seed);
                    return Found(history) == Found(Given.ShuffledWithRepeats(history, shuffle));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static OrderEvent Named(string name) =>
        name switch
        {
            nameof(Two) => Two,
            nameof(Till) => Till,
            nameof(PickOne) => PickOne,
            nameof(PickOther) => PickOther,
            nameof(PickThree) => PickThree,
            nameof(PickB) => PickB,
            nameof(ShipTwo) => ShipTwo,
            nameof(ShipThree) => ShipThree,
            nameof(ShipOne) => ShipOne,
            nameof(ShipB) => ShipB,
            nameof(Arrived) => Arrived,
            nameof(ArrivedB) => ArrivedB,
            nameof(OffOne) => OffOne,
            nameof(Cancel) => Cancel,
            nameof(AForB) => AForB,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
}
