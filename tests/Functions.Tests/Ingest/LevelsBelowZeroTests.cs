using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Orders;
using Stockgate.Platform.Inventory;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Ingest;

public class LevelsBelowZeroTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private async Task<InventoryView> AfterAsync(string sku, long item, params string[] levels)
    {
        await ShopAsync("products/update", Product(item, "2026-10-01T10:00:00Z", (item + 1, sku, item, "5.00")));
        foreach (var level in levels)
            Assert.Equal(0, (await ShopAsync("inventory_levels/update", level)).Quarantined);
        await ProjectAsync();
        return (await StockAsync(sku))!;
    }

    private async Task<OperationException?> ToldAsync(string sku) =>
        (await ExceptionsAsync(Oversold.ExceptionType)).SingleOrDefault(e => e.Subject.StartsWith($"sku {sku}:", StringComparison.Ordinal));

    private Task CountAsync(string sku, string id, decimal units, DateTimeOffset at) =>
        SayAsync(
            (
                id,
                at,
                new StockCounted
                {
                    Sku = new(sku),
                    Location = new("store"),
                    Quantity = new(units),
                }
            )
        );

    private Task OrderAsync(string sku, string order, decimal units, DateTimeOffset at) =>
        SayAsync(
            (
                $"{order}-placed",
                at,
                new OrderPlaced
                {
                    OrderId = new(order),
                    Currency = Currency.Parse("GBP"),
                    Location = new("store"),
                    Lines =
                    [
                        new OrderLine
                        {
                            Sku = new(sku),
                            Description = "x",
                            Quantity = new(units),
                            UnitPrice = 1,
                        },
                    ],
                }
            )
        );

    [Fact]
    public async Task A_level_below_zero_is_a_figure_and_an_exception()
    {
        var view = await AfterAsync("NEG-1", 8_101, Level(8_101, "7", "2026-11-02T10:00:00Z"), Level(8_101, "-4", "2026-11-02T11:00:00Z"));
        Assert.Equal(new Quantity(-4), view.AvailableToPromise);
        Assert.Equal(4, (await ToldAsync("NEG-1"))?.ExposedUnits);
    }

    [Fact]
    public async Task A_withdrawn_level_promises_nothing_and_is_no_exception()
    {
        var view = await AfterAsync(
            "NUL-1",
            8_102,
            Level(8_102, "7", "2026-11-02T10:00:00Z"),
            Level(8_102, "null", "2026-11-02T11:00:00Z")
        );
        Assert.Null(view.AvailableToPromise);
        Assert.Equal((false, null), (Assert.Single(view.Locations).Tracked, view.Locations[0].LastCount?.Quantity));
        Assert.Null(await ToldAsync("NUL-1"));
    }

    [Fact]
    public async Task A_figure_comes_back_when_it_is_counted_again() =>
        Assert.Equal(
            new Quantity(3),
            (
                await AfterAsync(
                    "NUL-2",
                    8_103,
                    Level(8_103, "-1", "2026-11-02T10:00:00Z"),
                    Level(8_103, "null", "2026-11-02T11:00:00Z"),
                    Level(8_103, "3", "2026-11-02T12:00:00Z")
                )
            ).AvailableToPromise
        );

    [TrialFact("level-negative")]
    public async Task The_negative_level_of_the_trial_is_a_figure()
    {
        var trial = TrialCase.Read("level-negative");
        Assert.Equal(
            new Quantity(-2),
            (
                await AfterAsync("NEG-T", 6_001, trial.GetProperty("before").GetRawText(), trial.GetProperty("body").GetRawText())
            ).AvailableToPromise
        );
        Assert.NotNull(await ToldAsync("NEG-T"));
    }

    [TrialFact("level-null")]
    public async Task The_null_level_of_the_trial_withdraws_the_figure()
    {
        var trial = TrialCase.Read("level-null");
        // The two trials are of one item: this one's is another.
        string Body(string part) => trial.GetProperty(part).GetRawText().Replace("6001", "6901", StringComparison.Ordinal);
        Assert.Null((await AfterAsync("NUL-T", 6_901, Body("before"), Body("body"))).AvailableToPromise);
        Assert.Null(await ToldAsync("NUL-T"));
    }

    [Fact]
    public async Task Orders_beyond_the_stock_are_told_with_the_orders_at_stake_until_there_is_enough()
    {
        await CountAsync("OVER-1", "c1", 4, Noon);
        await OrderAsync("OVER-1", "OV-1", 3, Noon.AddHours(1));
        await ProjectAsync();
        Assert.Null(await ToldAsync("OVER-1"));

        await OrderAsync("OVER-1", "OV-2", 3, Noon.AddHours(2));
        await ProjectAsync();
        var told = (await ToldAsync("OVER-1"))!;
        Assert.Equal((2m, 1), (told.ExposedUnits, told.Count));
        Assert.Contains("OV-2 (3), OV-1 (3)", told.RecommendedAction, StringComparison.Ordinal);

        await OrderAsync("OVER-1", "OV-3", 1, Noon.AddHours(3));
        await ProjectAsync();
        Assert.Equal((3m, 2), ((await ToldAsync("OVER-1"))!.ExposedUnits, (await ToldAsync("OVER-1"))!.Count));

        await CountAsync("OVER-1", "c2", 50, Noon.AddHours(4));
        await ProjectAsync();
        Assert.Null(await ToldAsync("OVER-1"));
    }

    [Fact]
    public async Task A_movement_that_takes_more_than_there_is_is_told_too()
    {
        await CountAsync("OVER-2", "c3", 2, Noon);
        await SayAsync(
            (
                "loss",
                Noon.AddHours(1),
                new StockMoved
                {
                    Sku = new("OVER-2"),
                    Location = new("store"),
                    Quantity = new(-5),
                    Kind = MovementKind.Adjustment,
                    Reason = "lost",
                }
            )
        );
        await ProjectAsync();
        Assert.Contains("no open order", (await ToldAsync("OVER-2"))!.RecommendedAction, StringComparison.Ordinal);
    }
}
