using Stockgate.Domain.Forecasting.Campaigns;

namespace Stockgate.Domain.Tests.Forecasting.Campaigns;

public class CampaignFeedTests
{
    private static readonly CampaignItem Good = new(new Sku("A"), new RegionId("north"))
    {
        Available = new Quantity(500),
        StockAge = TimeSpan.FromHours(2),
        Forecast = Expected.Daily(10, 5, 15),
        ForecastAge = TimeSpan.FromHours(20),
        Uplift = 2,
        MarginPercent = 25,
    };

    private static CampaignVerdict Of(CampaignItem item) => CampaignFeed.Of(item, new CampaignPolicy());

    [Fact]
    public void An_item_of_which_all_is_known_and_good_is_safe()
    {
        var verdict = Of(Good);
        Assert.Equal((CampaignSafety.Safe, 25), (verdict.Safety, verdict.CoverDays));
        Assert.StartsWith(
            "A in north: safe to advertise. the margin is 25 %; at least 10 % is required; 500 last 25 days at 2 times the usual sales; 14 days need ",
            verdict.Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Stock_that_the_campaign_would_sell_out_is_not_safe()
    {
        var verdict = Of(Good with { Available = new Quantity(280) });
        Assert.Equal(CampaignSafety.NotSafe, verdict.Safety);
        Assert.StartsWith("280 last 14 days at 2 times the usual sales", verdict.Reasons[0], StringComparison.Ordinal);
        Assert.Equal(CampaignSafety.Safe, Of(Good with { Available = new Quantity(280), Uplift = 1 }).Safety);
        Assert.Equal(
            (CampaignSafety.NotSafe, 0),
            (Of(Good with { Available = new Quantity(-1) }).Safety, Of(Good with { Available = new Quantity(-1) }).CoverDays)
        );
    }

    [Fact]
    public void A_thin_margin_is_not_safe() =>
        Assert.Equal("the margin is 9.9 %; at least 10 % is required", Of(Good with { MarginPercent = 9.9m }).Reasons[0]);

    public static TheoryData<CampaignItem, string> Unknowns =>
        new()
        {
            { Good with { Available = null }, "the stock is not known" },
            { Good with { StockAge = null }, "the age of the stock is not known" },
            { Good with { StockAge = TimeSpan.FromHours(25) }, "the stock is 25 h old; the limit is 24 h" },
            { Good with { StockAge = TimeSpan.FromHours(-1) }, "the stock is -1 h old; the limit is 24 h" },
            { Good with { Forecast = null }, "the forecast is not known" },
            { Good with { ForecastAge = null }, "the age of the forecast is not known" },
            { Good with { ForecastAge = TimeSpan.FromDays(4) }, "the forecast is 96 h old; the limit is 72 h" },
            { Good with { Uplift = null }, "the expected uplift is not known" },
            { Good with { Uplift = 0.5 }, "the expected uplift is not known" },
            { Good with { Uplift = double.NaN }, "the expected uplift is not known" },
            { Good with { MarginPercent = null }, "the margin is not known" },
        };

    [Theory, MemberData(nameof(Unknowns), DisableDiscoveryEnumeration = true)]
    public void What_is_missing_or_too_old_makes_it_unknown(CampaignItem item, string reason)
    {
        var verdict = Of(item);
        Assert.Equal(CampaignSafety.Unknown, verdict.Safety);
        Assert.Equal(reason, verdict.Reasons[0]);
    }

    [Fact]
    public void What_is_known_to_be_bad_stays_bad_beside_what_is_unknown() =>
        Assert.Equal(CampaignSafety.NotSafe, Of(Good with { MarginPercent = -5, Available = null }).Safety);

    [Fact]
    public void Nothing_known_is_never_safe_and_less_stock_or_margin_or_more_uplift_never_makes_it_safe() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var item = Good with
                {
                    Available = new Quantity(random.Next(600)),
                    Uplift = 1 + 3 * random.NextDouble(),
                    MarginPercent = random.Next(40),
                };
                var worse = item with
                {
                    Available = item.Available!.Value - new Quantity(random.Next(50)),
                    Uplift = item.Uplift + random.NextDouble(),
                    MarginPercent = item.MarginPercent - random.Next(5),
                };
                return Of(new CampaignItem(item.Sku, item.Region)).Safety != CampaignSafety.Safe
                    && (Of(item).Safety == CampaignSafety.Safe || Of(worse).Safety != CampaignSafety.Safe);
            })
            .Check(Config.QuickThrowOnFailure);
}
