using static Stockgate.Domain.Tests.Orders.Origins.Happened;

namespace Stockgate.Domain.Tests.Orders.Origins;

/// <summary>Two channels give one number, and their events arrive in any order.</summary>
public class ArrivalOfTwoOrdersTests
{
    private static readonly Happened[] Till =
    [
        Placed("till", "A", 3, 50),
        By("till", Given.Shipped("S1", Given.At("L1", "A", 2)), 10),
        By("till", Given.Refunded("R1", Given.Line("A", 1, 50)) with { RestockedAt = new("L1") }, 20),
    ];

    private static readonly Happened[] Web =
    [
        Placed("web", "B", 2, 7, 1),
        By("web", Given.Shipped("S1", Given.At("L1", "B", 2)), 11),
        By("web", Given.Refunded("R1", Given.Line("B", 1, 7)) with { RestockedAt = new("L1") }, 21),
    ];

    private static readonly Happened[] Wms =
    [
        By("wms", Given.Delivered("S1"), 30).Of("till"),
        By("wms", Given.Shipped("S2", Given.At("L1", "A", 1)), 12).Of("till"),
        By("wms", Given.Shipped("S3", Given.At("L2", "B", 1)), 13).Of("web"),
    ];

    public static TheoryData<string> Stories =>
        ["their own events", "one SKU", "another system names the channel", "held by both", "three channels", "a credit note"];

    [Theory, MemberData(nameof(Stories))]
    public void Every_order_of_arrival_ends_in_the_same_figures(string story)
    {
        var events = Of(story);
        var expected = OneNumber.After(events).Figures();
        foreach (var arrival in Permutations(events))
            Same(expected, OneNumber.After(arrival).Figures(), arrival);
    }

    [Fact]
    public void Repeats_and_any_arrival_end_in_the_same_figures() =>
        Prop.ForAll<int>(static seed => OneNumber.After(Given.ShuffledWithRepeats(All, seed)).Figures() == OneNumber.After(All).Figures())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_figures_are_those_of_each_order_by_itself()
    {
        var both = OneNumber.After(Till.Concat(Web));
        var (till, web) = (both.Of("till"), both.Of("web"));
        Assert.Equal((150m, 50m, 14m, 7m), (till.Gross(), till.Refunded(), web.Gross(), web.Refunded()));
        foreach (var (channel, own) in new[] { ("till", Till), ("web", Web) })
            Assert.Contains(OneNumber.After(own).Figures().Split('\n')[0], both.Figures(), StringComparison.Ordinal);
    }

    private static Happened[] All => [.. Till, .. Web, .. Wms];

    private static Happened[] Of(string story) =>
        story switch
        {
            "their own events" => [.. Till, .. Web],
            "one SKU" =>
            [
                .. Till,
                Placed("web", "A", 2, 7, 1),
                By("web", Given.Shipped("S1", Given.At("L1", "A", 2)), 11),
                By("web", Given.Cancelled(), 15),
            ],
            "another system names the channel" => [Till[0], Web[0], Till[1], .. Wms],
            "held by both" =>
            [
                Till[0],
                Web[0],
                By("till", Given.Held(), 5),
                By("web", Given.Held(false), 6),
                By("web", Given.Cancelled(), 7),
                By("till", Given.Shipped("S1", Given.At("L1", "A", 3)), 8),
            ],
            "three channels" =>
            [
                Till[0],
                Web[0],
                Placed("app", "C", 1, 3, 2),
                Till[1],
                Web[1],
                By("app", Given.Shipped("S1", Given.At("L2", "C")), 9),
            ],
            _ => [Till[0], Till[1], Web[0], By("erp", Given.Refunded("R1", Given.Line("D", 1, 4)) with { Standalone = true }, 3), Web[2]],
        };

    private static void Same(string expected, string actual, IEnumerable<Happened> arrival) =>
        Assert.True(expected == actual, $"{string.Join(", ", arrival.Select(NameOf))}:\n{actual}\ninstead of\n{expected}");

    private static string NameOf(Happened happened) => $"{happened.Header.Channel} {happened.Said.GetType().Name}";

    private static IEnumerable<IReadOnlyList<Happened>> Permutations(IReadOnlyList<Happened> items) =>
        items.Count < 2
            ? [items]
            : items.SelectMany(
                (first, at) => Permutations([.. items.Where((_, i) => i != at)]).Select(rest => (IReadOnlyList<Happened>)[first, .. rest])
            );
}
