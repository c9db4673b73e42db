using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Backtesting;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Tests.Forecasting.Backtesting;

public sealed class SegmentsTests
{
    [Fact]
    public void Kinds_of_demand_are_told_apart()
    {
        float[] Every(Func<int, float> units) => [.. Enumerable.Range(0, 200).Select(units)];
        var history = Sales.Of(
            Every(static d => 10 + d % 3),
            Every(static d => d % 4 == 0 ? 2 : 0),
            Every(static d =>
                d % 5 == 0
                    ? d % 25 == 0
                        ? 40
                        : 1
                    : 0
            ),
            Every(static d => d % 10 == 0 ? 60 : 2),
            Every(static d => d >= 170 ? 5 : 0),
            Every(static d => d < 80 ? 5 : 0),
            Every(static _ => 0)
        );
        Assert.Equal(
            [Segments.Steady, Segments.Intermittent, Segments.Lumpy, Segments.Erratic, Segments.New, Segments.Silent, Segments.Silent],
            Segments.Of(history)
        );
    }

    [Fact]
    public void Days_without_stock_don_t_make_demand_intermittent()
    {
        var (units, marks) = (new float[200], new DayMarks[200]);
        for (var day = 0; day < 200; day++)
            (units[day], marks[day]) = day % 2 == 0 ? (8, DayMarks.None) : (0, DayMarks.Stockout);
        Assert.Equal([Segments.Steady], Segments.Of(Sales.Of(Sales.Series(units, marks))));
    }
}
