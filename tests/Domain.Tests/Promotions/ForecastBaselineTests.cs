using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class ForecastBaselineTests
{
    private static readonly DateOnly First = new(2026, 11, 21);

    private static readonly DateTimeOffset At = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    // Ten a day, and thirty on the last four days.
    private static SeriesForecast Place(string location) =>
        new(new(new("A"), new(location)), First, Days(10, 30), Days(6, 20), Days(10, 30), Days(16, 45));

    private static float[] Days(float usual, float offer) => [.. Enumerable.Range(0, 14).Select(d => d < 10 ? usual : offer)];

    [Fact]
    public void Its_days_are_the_promotions_and_places_add_up()
    {
        var baseline = ForecastBaseline.Of([Place("L1"), Place("L2")], First.AddDays(2), First.AddDays(5), expected: false, At)!.Value;
        Assert.Equal((20m, At), (baseline.Mean, baseline.ForecastAt));
        // (16 − 6) ÷ (2 × 1.2816) = 3.9016, squared, twice.
        Assert.Equal(30.44, (double)baseline.Variance, 2);
    }

    [Fact]
    public void A_forecast_that_knows_of_the_offer_tells_what_is_usual_by_its_other_days()
    {
        Assert.Equal(10, ForecastBaseline.Of([Place("L1")], First.AddDays(10), First.AddDays(13), expected: true, At)!.Value.Mean);
        Assert.Equal(30, ForecastBaseline.Of([Place("L1")], First.AddDays(10), First.AddDays(13), expected: false, At)!.Value.Mean);
    }

    [Fact]
    public void Where_it_says_nothing_about_such_days_there_is_none()
    {
        Assert.Null(ForecastBaseline.Of([], First, First, expected: false, At));
        Assert.Null(ForecastBaseline.Of([Place("L1")], First.AddDays(14), First.AddDays(20), expected: false, At));
        Assert.Null(ForecastBaseline.Of([Place("L1")], First, First.AddDays(10), expected: true, At));
    }
}
