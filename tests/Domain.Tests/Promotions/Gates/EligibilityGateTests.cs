using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class EligibilityGateTests
{
    private static GateVerdict Judge(params EligibleItem[] items) =>
        EligibilityGate.Judge(new EligibilityInput(Judged.Now, items, Judged.Now.AddHours(-3), "pim"));

    [Fact]
    public void Active_items_are_green_with_the_catalogs_age_and_name()
    {
        var verdict = Judge(new(Judged.A, ItemStanding.Active), new(Judged.B, ItemStanding.Active));
        verdict.Is(GateState.Green, "All 2 items");
        Assert.Equal(new Sighting("items that may be promoted", "2 of 2 items", TimeSpan.FromHours(3), "pim"), Assert.Single(verdict.Seen));
    }

    [Fact]
    public void Items_that_the_catalog_says_nothing_about_are_amber() =>
        Judge(new(Judged.A, ItemStanding.Active), new(Judged.B, ItemStanding.Unknown)).Is(GateState.Amber, "1 item", "B");

    [Theory]
    [InlineData(ItemStanding.Inactive, "not active")]
    [InlineData(ItemStanding.Excluded, "excluded")]
    [InlineData(ItemStanding.Recalled, "recalled")]
    [InlineData(ItemStanding.RestrictedCategory, "restricted category in web")]
    [InlineData(ItemStanding.Missing, "not in the catalog")]
    public void Barred_items_are_red_and_say_why(ItemStanding standing, string why) =>
        Judge(new(Judged.A, ItemStanding.Active), new(Judged.B, standing, Judged.Web)).Is(GateState.Red, $"B ({why})");

    [Fact]
    public void A_promotion_without_items_is_red() => Judge().Is(GateState.Red, "no items");

    [Fact]
    public void Five_are_named_recalled_ones_first_and_the_rest_is_counted()
    {
        var items = Judged
            .Skus(1500)
            .Select((sku, i) => new EligibleItem(sku, i == 1400 ? ItemStanding.Recalled : ItemStanding.Inactive))
            .ToArray();
        Judge(items)
            .Is(
                GateState.Red,
                "1,500 items can't be promoted: S1400 (recalled), S0 (not active), S1 (not active), S2 (not active), S3 (not active) and 1,495 more."
            );
    }
}
