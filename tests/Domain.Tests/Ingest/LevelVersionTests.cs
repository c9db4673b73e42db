namespace Stockgate.Domain.Tests.Ingest;

public class LevelVersionTests
{
    private static readonly LevelVersion Base = new(Given.Now, 5, "b", "m");

    public static TheoryData<LevelVersion> Older =>
        [
            Base with
            {
                OccurredAt = Given.Now.AddTicks(-1),
                Sequence = 9,
                Source = "z",
                Id = "z",
            },
            Base with
            {
                Sequence = 4,
                Source = "z",
                Id = "z",
            },
            Base with
            {
                Source = "a",
                Id = "z",
            },
            Base with
            {
                Source = "B",
                Id = "z",
            },
            Base with
            {
                Id = "l",
            },
        ];

    [Theory, MemberData(nameof(Older))]
    public void Time_then_sequence_then_source_then_id_decides(LevelVersion older)
    {
        Assert.True(Base.IsNewerThan(older));
        Assert.False(older.IsNewerThan(Base));
        Assert.True(older.CompareTo(Base) < 0 && Base.CompareTo(older) > 0);
    }

    [Fact]
    public void A_level_is_not_newer_than_itself() => Assert.False(Base.IsNewerThan(Base));

    [Fact]
    public void Any_level_is_newer_than_none() => Assert.True(Base.IsNewerThan(null));

    [Fact]
    public void The_same_moment_in_another_offset_is_the_same_age() =>
        Assert.Equal(0, Base.CompareTo(Base with { OccurredAt = Given.Now.ToOffset(TimeSpan.FromHours(5)) }));

    [Fact]
    public void The_order_is_total()
    {
        var versions = Gen.Choose(0, 2)
            .Four()
            .Select(n => new LevelVersion(Given.Now.AddTicks(n.Item1), n.Item2, "aBc"[n.Item3].ToString(), "xYz"[n.Item4].ToString()));
        Prop.ForAll(
                versions.Three().ToArbitrary(),
                v =>
                {
                    var (a, b, c) = v;
                    var antisymmetric = Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a));
                    var transitive = !(a.CompareTo(b) <= 0 && b.CompareTo(c) <= 0) || a.CompareTo(c) <= 0;
                    return antisymmetric && transitive && (a.CompareTo(b) == 0) == (a == b);
                }
            )
            .QuickCheckThrowOnFailure();
    }
}
