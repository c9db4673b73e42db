using Stockgate.Domain.Forecasting.Advice;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Transfers;
using Xunit.Abstractions;
using static Stockgate.Domain.Tests.Forecasting.Advice.ForecastAdviceTests;

namespace Stockgate.Domain.Tests.Forecasting.Advice;

/// <summary>How the work grows with the number of series: in bytes, because a busy machine has no say in them.</summary>
// Alone: the advice is worked out on several threads, and only the bytes of the whole process count them all.
[Collection(Name)]
public class AdviceScaleTests(ITestOutputHelper output)
{
    private const string Name = "alone";

    private const int Few = 4_000,
        Many = 12_000;

    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public void Three_times_as_many_series_take_about_three_times_as_much()
    {
        var series = Enumerable
            .Range(0, Many)
            .Select(static i => (Series: Series($"S{i / 4}", $"L{i % 4}", promotionFrom: i % 8 == 0 ? 60 : -1), Has(i % 5 * 20)))
            .ToArray();
        // The first one compiles and fills what is kept for later.
        Bytes(series[..500]);
        var (few, many) = (Bytes(series[..Few]), Bytes(series));
        // A quadratic step would take nine times as much.
        Assert.True(many < 6.5 * few, $"{few:N0} and {many:N0} bytes");
    }

    private long Bytes((SalesSeries, SeriesSituation)[] series)
    {
        var routes =
            from a in Enumerable.Range(0, 4)
            from b in Enumerable.Range(0, 4)
            where a != b
            select new TransferRoute(new LocationId($"L{a}"), new LocationId($"L{b}"), 1, Expected.Pounds(0.2m), Expected.Pounds(5));
        var input = Input(series) with { Budget = Expected.Pounds(4 * series.Length), Routes = [.. routes] };
        input = input with { Earlier = [.. input.Forecast.Forecasts.Select(static f => f with { First = Today.AddDays(-7) })] };
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var follows = ForecastAdvice.Of(input);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        output.WriteLine($"{series.Length} series: {allocated:N0} bytes, {follows.Recommendations.Items.Count} recommendations");
        return allocated;
    }
}
