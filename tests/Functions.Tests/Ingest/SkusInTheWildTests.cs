using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Orders;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Ingest;

public class SkusInTheWildTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private static readonly string Longest = string.Concat(Enumerable.Repeat("長🎈", 127)) + "x";

    private async Task<decimal?> AvailableAsync(string sku) => (await StockAsync(sku))?.AvailableToPromise?.Value;

    private async Task<OperationException?> ToldAsync(string type, string sku) =>
        (await ExceptionsAsync(type)).SingleOrDefault(e => e.Subject == $"sku {sku}");

    private static string Order(long id, string sku) =>
        $$"""{"id":{{id}},"created_at":"2026-11-01T10:00:00Z","currency":"USD","line_items":[{"id":1,"sku":"{{sku}}","title":"Cup","quantity":2,"price":"5.00"}]}""";

    [Theory]
    [InlineData("TASSE-🎈", "TASSE-🎈")]
    [InlineData(" \ufeffCup\u200b-1 ", "Cup-1")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("LONGEST", "LONGEST")]
    public async Task An_order_of_any_sku_is_taken_and_found_under_it(string said, string known)
    {
        var (text, sku) = (said == "LONGEST" ? Longest : said, known == "LONGEST" ? Longest : known);
        Assert.Equal(1, (await ShopAsync("orders/create", Order(73_000 + said.Length, text))).Accepted);
        await ProjectAsync();
        var position = Assert.Single((await StockAsync(sku))!.Locations);
        Assert.Equal((sku, new Quantity(2)), ((await StockAsync(sku))!.Sku.Value, position.Reserved));
    }

    [TrialFact("sku-longer-than-128-or-emoji")]
    public async Task The_orders_of_the_trial_are_taken()
    {
        foreach (var body in TrialCase.Read("sku-longer-than-128-or-emoji").GetProperty("bodies").EnumerateArray())
        {
            Assert.Equal(1, (await ShopAsync("orders/create", body.GetRawText())).Accepted);
            await ProjectAsync();
            Assert.NotNull(await StockAsync(body.GetProperty("line_items")[0].GetProperty("sku").GetString()!));
        }
    }

    [Fact]
    public async Task Two_variants_with_one_sku_are_told()
    {
        await ShopAsync(
            "products/update",
            Product(8_700, "2026-11-01T10:00:00Z", (8_701, "SAME-1", 8_702, "3.00"), (8_703, "SAME-1", 8_704, "4.00"))
        );
        Assert.Contains("8702, 8704", (await ToldAsync(ItemSkus.SharedType, "SAME-1"))!.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_products_with_one_sku_are_told_until_one_of_them_has_another()
    {
        await ShopAsync("products/update", Product(8_710, "2026-11-01T10:00:00Z", (8_711, "SAME-2", 8_712, "3.00")));
        Assert.Null(await ToldAsync(ItemSkus.SharedType, "SAME-2"));
        await ShopAsync("products/update", Product(8_720, "2026-11-01T11:00:00Z", (8_721, "SAME-2", 8_722, "4.00")));
        Assert.NotNull(await ToldAsync(ItemSkus.SharedType, "SAME-2"));
        await ShopAsync("products/update", Product(8_720, "2026-11-01T12:00:00Z", (8_721, "OTHER-2", 8_722, "4.00")));
        Assert.Null(await ToldAsync(ItemSkus.SharedType, "SAME-2"));
    }

    [TrialFact("two-variants-one-sku")]
    public async Task The_variants_of_the_trial_are_told()
    {
        var trial = TrialCase.Read("two-variants-one-sku");
        await ShopAsync("products/update", trial.GetProperty("body").GetRawText());
        foreach (var level in trial.GetProperty("levels").EnumerateArray())
            await ShopAsync("inventory_levels/update", level.GetRawText());
        await ProjectAsync();
        Assert.True(await AvailableAsync("DUP") == 11 || await ToldAsync(ItemSkus.SharedType, "DUP") is not null);
    }

    [Fact]
    public async Task A_renamed_sku_takes_its_units_along()
    {
        await ShopAsync("products/update", Product(8_730, "2026-11-01T10:00:00Z", (8_731, "OLD-3", 8_732, "3.00")));
        await ShopAsync("inventory_levels/update", Level(8_732, "9", "2026-11-01T11:00:00Z"));
        await ProjectAsync();
        await ShopAsync("products/update", Product(8_730, "2026-11-01T12:00:00Z", (8_731, "NEW-3", 8_732, "3.00")));
        await ProjectAsync();
        Assert.Equal((null, 9), (await AvailableAsync("OLD-3"), await AvailableAsync("NEW-3")));
        Assert.Contains(
            "renamed OLD-3 to NEW-3",
            (await ToldAsync(ItemSkus.RenamedType, "NEW-3"))!.RecommendedAction,
            StringComparison.Ordinal
        );

        await ShopAsync("inventory_levels/update", Level(8_732, "8", "2026-11-01T13:00:00Z"));
        await ProjectAsync();
        Assert.Equal((null, 8), (await AvailableAsync("OLD-3"), await AvailableAsync("NEW-3")));
    }

    [Fact]
    public async Task An_older_product_update_that_comes_late_changes_nothing()
    {
        await ShopAsync("products/update", Product(8_740, "2026-11-01T12:00:00Z", (8_741, "NOW-4", 8_742, "4.00")));
        await ShopAsync("products/update", Product(8_740, "2026-11-01T10:00:00Z", (8_741, "ONCE-4", 8_742, "3.00")));
        await ShopAsync("inventory_levels/update", Level(8_742, "5", "2026-11-01T13:00:00Z"));
        await ProjectAsync();
        Assert.Equal((5, null), (await AvailableAsync("NOW-4"), await StockAsync("ONCE-4")));
        Assert.Equal(4m, (await Get<CatalogReader>().FindAsync(new Sku("NOW-4"), default))!.Prices[0].Value.Price);
        Assert.Null(await ToldAsync(ItemSkus.RenamedType, "ONCE-4"));
    }

    [Fact]
    public async Task The_same_update_again_writes_and_tells_nothing()
    {
        var body = Product(8_750, "2026-11-01T12:00:00Z", (8_751, "SAME-5", 8_752, "4.00"), (8_753, "SAME-5", 8_754, "4.00"));
        await ShopAsync("products/update", body, "p-5", "2026-11-01T12:00:00.5Z");
        var before = Requests;
        await ShopAsync("products/update", body, "p-5", "2026-11-01T12:00:00.5Z");
        // Two items are looked at; nothing else.
        Assert.Equal((2, 1), (Requests - before, (await ToldAsync(ItemSkus.SharedType, "SAME-5"))!.Count));
    }
}
