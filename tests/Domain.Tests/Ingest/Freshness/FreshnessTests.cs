using FsCheck;
using FsCheck.Fluent;
using Stockgate.Domain.Ingest.Freshness;

namespace Stockgate.Domain.Tests.Ingest.Freshness;

public class FreshnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static KindFreshness Seen(TimeSpan ago) => new("stock", 1, null, null, Now - ago, Now - ago);

    private static LagSketch Of(IEnumerable<double> seconds)
    {
        var sketch = new LagSketch();
        foreach (var lag in seconds)
            sketch.Add(TimeSpan.FromSeconds(lag));
        return sketch;
    }

    [Fact]
    public void A_percentile_is_at_most_41_percent_above_what_it_is() =>
        Prop.ForAll<PositiveInt[]>(any =>
            {
                if (any.Length == 0)
                    return;
                var lags = any.Select(static a => a.Get % 100_000 / 7.0 + 0.2).Order().ToList();
                var exact = lags[(int)Math.Ceiling(0.95 * lags.Count) - 1];
                Assert.InRange(Of(lags).At(0.95)!.Value.TotalSeconds, exact * 0.999, exact * 1.42);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Sketches_of_two_instances_add_up_and_survive_their_text()
    {
        var (one, other) = (Of([1, 2, 3]), Of([100, 200]));
        one.Add(LagSketch.Parse(other.ToText()));
        Assert.Equal(Of([1, 2, 3, 100, 200]).ToText(), one.ToText());
        Assert.Equal(5, one.Events);
    }

    [Fact]
    public void What_is_dated_ahead_came_at_once() => Assert.Equal(TimeSpan.FromSeconds(0.1), Of([-3600]).At(0.5));

    [Fact]
    public void Without_events_there_is_no_lag() => Assert.Null(Of([]).At(0.95));

    [Theory]
    [InlineData(null, 5, SourceState.NotExpected)]
    [InlineData(10, null, SourceState.NothingYet)]
    [InlineData(10, 20, SourceState.Fresh)]
    [InlineData(10, 21, SourceState.Stale)]
    public void A_source_is_stale_after_twice_its_cadence(int? cadence, int? ago, SourceState expected)
    {
        KindFreshness[] kinds = ago is { } minutes ? [Seen(TimeSpan.FromDays(9)), Seen(TimeSpan.FromMinutes(minutes))] : [];
        var source = SourceFreshness.Of(new("web"), cadence is { } every ? TimeSpan.FromMinutes(every) : null, kinds, Now);
        Assert.Equal(expected, source.State);
    }
}
