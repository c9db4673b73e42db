using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

/// <summary>Things that the gates' tests begin with, and what every verdict must be whatever it says.</summary>
internal static class Judged
{
    public static readonly DateTimeOffset Now = Given.Now,
        Start = Now.AddDays(7),
        End = Now.AddDays(14);

    public static readonly Sku A = new("A"),
        B = new("B");

    public static readonly RegionId North = new("north"),
        South = new("south");

    public static readonly SalesChannelId Web = new("web"),
        Till = new("till");

    public static readonly SupplierId Acme = new("acme");

    public static Money Gbp(decimal amount) => new(amount, Given.Gbp);

    public static Quantity Units(decimal value) => new(value);

    public static Sku[] Skus(int count, string prefix = "S") => [.. Enumerable.Range(0, count).Select(i => new Sku($"{prefix}{i}"))];

    /// <summary>Holds the verdict to what all of them share, and hands it on.</summary>
    public static GateVerdict Sound(this GateVerdict verdict)
    {
        Assert.False(string.IsNullOrWhiteSpace(verdict.Reason));
        Assert.False(string.IsNullOrWhiteSpace(verdict.Threshold));
        Assert.Equal(verdict.State == GateState.Green, verdict.TurnsGreen is null);
        Assert.Equal(verdict.State == GateState.Green, verdict.Waits is null);
        Assert.Contains(verdict.Gate, GateNames.All);
        Assert.All(
            verdict.Seen,
            static s =>
                Assert.False(string.IsNullOrWhiteSpace(s.Name) || string.IsNullOrWhiteSpace(s.Value) || string.IsNullOrWhiteSpace(s.Source))
        );
        return verdict;
    }

    /// <summary>The verdict is sound, of this state, and its reason says all of this.</summary>
    public static void Is(this GateVerdict verdict, GateState state, params string[] says)
    {
        Assert.True(verdict.Sound().State == state, $"{verdict.State}: {verdict.Reason}");
        Assert.All(says, text => Assert.Contains(text, verdict.Reason, StringComparison.Ordinal));
    }

    /// <summary>A verdict of every gate, each of this state.</summary>
    public static GateVerdict[] All(GateState state = GateState.Green) => [.. GateNames.All.Select(gate => Of(gate, state))];

    public static GateVerdict Of(string gate, GateState state) =>
        new(
            gate,
            state,
            "It is so.",
            "It should be so.",
            state == GateState.Green ? null : "Make it so.",
            [],
            state == GateState.Green ? null : "somebody"
        );
}
