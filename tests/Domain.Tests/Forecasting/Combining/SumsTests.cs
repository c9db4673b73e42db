using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Combining;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Tests.Forecasting.Combining;

public sealed class SumsTests
{
    private const int Origin = 106;

    // Ten series in two regions, whose forecasts are a third too low; the sums' own are right.
    private static readonly SalesHistory History = Sales.Of([
        .. Enumerable
            .Range(0, 10)
            .Select(static i => new SalesSeries
            {
                Key = new SeriesKey(new Sku($"S{i}"), new LocationId("L")),
                Region = i < 6 ? "north" : "south",
                Units = Sales.Poisson(i, 120, 9),
                Prices = new float[134],
                Marks = new DayMarks[134],
            }),
    ]);

    [Fact]
    public void Regions_and_the_total_are_what_their_series_sold()
    {
        var sums = new Sums(History).Of(History);
        Assert.Equal(3, sums.Series.Count);
        for (var day = 0; day < History.Days; day++)
        {
            Assert.Equal(History.Series.Take(6).Sum(s => s.Units[day]), sums.Series[0].Units[day]);
            Assert.Equal(sums.Series[0].Units[day] + sums.Series[1].Units[day], sums.Series[2].Units[day]);
        }
    }

    [Fact]
    public void Series_that_are_too_low_are_drawn_towards_sums_that_are_right()
    {
        var (grid, own, sums) = (new ForecastGrid(10, Sales.Horizon), new ForecastGrid(3, Sales.Horizon), new Sums(History));
        grid.Values.AsSpan().Fill(6);
        own[0].Fill(54);
        own[1].Fill(36);
        own[2].Fill(90);
        var reconciled = sums.Reconciled(grid, own, sums.Learn(History, [(Origin, grid, own)]));
        for (var i = 0; i < 10; i++)
            Assert.InRange(reconciled[i][0], 7.5f, 11f);
        Assert.InRange(Enumerable.Range(0, 10).Sum(i => reconciled[i][3]), 82, 92);
    }

    [Fact]
    public void Sums_that_were_far_off_are_not_listened_to()
    {
        var (grid, own, sums) = (new ForecastGrid(10, Sales.Horizon), new ForecastGrid(3, Sales.Horizon), new Sums(History));
        grid.Values.AsSpan().Fill(9);
        own.Values.AsSpan().Fill(1_000);
        var reconciled = sums.Reconciled(grid, own, sums.Learn(History, [(Origin, grid, own)]));
        for (var i = 0; i < 10; i++)
            Assert.InRange(reconciled[i][0], 8.5f, 9.8f);
    }
}
