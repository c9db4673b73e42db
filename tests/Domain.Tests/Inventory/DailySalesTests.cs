namespace Stockgate.Domain.Tests.Inventory;

public class DailySalesTests
{
    private static StockEntry Entry(EntryKind kind, decimal units, decimal net, int day = 0, Currency? currency = null) =>
        Given.Entry($"{kind}{day}{units}{net}", -units, Given.Now.AddDays(day), kind) with
        {
            Units = new Quantity(units),
            Net = net,
            Currency = currency ?? Given.Gbp,
        };

    [Fact]
    public void A_day_sums_what_was_sold_called_off_and_brought_back()
    {
        var day = Assert.Single(
            DailySales.Of([
                Entry(EntryKind.Sale, 2, 5),
                Entry(EntryKind.Demand, 3, 7.5m),
                Entry(EntryKind.Cancellation, 1, 2.5m),
                Entry(EntryKind.Return, 2, 4),
            ])
        );
        Assert.Equal(
            (5m, 12.5m, 1m, 2.5m, 2m, 4m),
            (day.Sold.Value, day.SoldNet, day.Cancelled.Value, day.CancelledNet, day.Returned.Value, day.ReturnedNet)
        );
    }

    [Fact]
    public void A_return_is_no_negative_sale_of_an_earlier_day()
    {
        var days = DailySales.Of([Entry(EntryKind.Return, 2, 4, day: 1), Entry(EntryKind.Sale, 2, 4)]);
        Assert.Equal([2m, 0m], days.Select(d => d.Sold.Value));
        Assert.Equal([0m, 2m], days.Select(d => d.Returned.Value));
    }

    [Fact]
    public void Each_currency_has_a_day_of_its_own()
    {
        var days = DailySales.Of([Entry(EntryKind.Sale, 1, 5), Entry(EntryKind.Sale, 1, 6, currency: Given.Eur)]);
        Assert.Equal([(Given.Eur, 6m), (Given.Gbp, 5m)], days.Select(d => (d.Currency!.Value, d.SoldNet)));
    }

    [Theory]
    [InlineData(EntryKind.Reservation)]
    [InlineData(EntryKind.Shipment)]
    [InlineData(EntryKind.Movement)]
    public void Stock_that_moves_is_no_sale(EntryKind kind) => Assert.Empty(DailySales.Of([Entry(kind, 2, 5)]));

    [Fact]
    public void An_entry_taken_back_leaves_no_day() => Assert.Empty(DailySales.Of([Entry(EntryKind.Sale, 0, 0)]));

    [Fact]
    public void A_day_is_one_of_utc() =>
        Assert.Equal(
            new DateOnly(2026, 3, 2),
            Assert
                .Single(
                    DailySales.Of([
                        Entry(EntryKind.Sale, 1, 1) with
                        {
                            At = new DateTimeOffset(2026, 3, 1, 23, 0, 0, TimeSpan.FromHours(-5)),
                        },
                    ])
                )
                .Day
        );

    [Fact]
    public void No_figure_is_ever_negative_and_days_come_in_order() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var entries = Enumerable
                    .Range(0, random.Next(20))
                    .Select(i =>
                        Entry(
                            (EntryKind)random.Next(7),
                            random.Next(5),
                            random.Next(50),
                            random.Next(4),
                            random.Next(2) == 0 ? Given.Eur : Given.Gbp
                        )
                    );
                var days = DailySales.Of(entries);
                return days.All(d =>
                        d.Sold >= Quantity.Zero && d.SoldNet >= 0 && d.Cancelled >= Quantity.Zero && d.Returned >= Quantity.Zero
                    )
                    && days.SequenceEqual(days.OrderBy(d => d.Day).ThenBy(d => d.Currency!.Value.Code, StringComparer.Ordinal))
                    && days.CountBy(d => (d.Day, d.Currency)).All(c => c.Value == 1);
            })
            .QuickCheckThrowOnFailure();
}
