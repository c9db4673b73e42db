using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class PromotionRequestTests
{
    private static readonly PromotionRequest Good = Offer.Request();

    private static readonly PromotionRegion Region = Good.Regions[0];

    private static PromotionRequest With(Discount discount) => Good with { Discount = discount };

    private static PromotionRequest With(Budget budget) => Good with { Budget = budget };

    private static PromotionRequest With(params FundingAgreement[] funding) => Good with { Funding = funding };

    private static PromotionRequest With(params PromotionRegion[] regions) => Good with { Regions = regions };

    private static PromotionRequest Between(DateTime start, DateTime end, string zone = "Europe/London") =>
        Good with
        {
            Window = new PromotionWindow
            {
                Start = start,
                End = end,
                TimeZone = zone,
            },
        };

    private static Sku[] Skus(int count) => [.. Enumerable.Range(0, count).Select(static i => new Sku($"S{i}"))];

    private static LocationId[] Places(int count) => [.. Enumerable.Range(0, count).Select(static i => new LocationId($"L{i}"))];

    private static PromotionRegion[] ManyRegions(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(static i => new PromotionRegion { Region = new RegionId($"R{i}"), Stores = [new LocationId($"L{i}")] }),
        ];

    private static readonly DateTime June = new(2026, 6, 1);

    // Cases go to the test by their number: a whole request in its name would hide the field.
    private static readonly (string Field, PromotionRequest Request)[] Mistakes =
    [
        ("name", Good with { Name = " " }),
        ("name", Good with { Name = null! }),
        ("name", Good with { Name = new string('x', 121) }),
        ("requestedBy", Good with { RequestedBy = "" }),
        ("items", Good with { Items = [] }),
        ("items", Good with { Items = null!, Categories = null! }),
        ("items", Good with { Items = Skus(5_001) }),
        ("items[1]", Good with { Items = [new Sku("A"), new Sku("A")] }),
        ("items[0]", Good with { Items = [new Sku(" A")] }),
        ("items[0]", Good with { Items = [default] }),
        ("categories[0]", Good with { Categories = [""] }),
        ("categories[1]", Good with { Categories = ["Mugs", "Mugs"] }),
        ("categories", Good with { Categories = [.. Enumerable.Range(0, 201).Select(static i => $"C{i}")] }),
        ("excludedItems", Good with { ExcludedItems = [new Sku("Z")] }),
        ("excludedItems", Good with { Categories = ["Mugs"], ExcludedItems = Skus(5_001) }),
        ("excludedItems[0]", Good with { Categories = ["Mugs"], ExcludedItems = [new Sku("A")] }),
        ("excludedItems[1]", Good with { Categories = ["Mugs"], ExcludedItems = [new Sku("Z"), new Sku("Z")] }),
        ("excludedItems[0]", Good with { Categories = ["Mugs"], ExcludedItems = [default] }),
        ("discount", Good with { Discount = null! }),
        ("discount.percent", With(new PercentOff(0))),
        ("discount.percent", With(new PercentOff(100))),
        ("discount.perUnit", With(new AmountOff(Offer.In(0)))),
        ("discount.perUnit", With(new AmountOff(Offer.In(0.001m)))),
        ("discount.perUnit", With(new AmountOff(Offer.In(2_000_000_000)))),
        ("discount.perUnit.currency", With(new AmountOff(Offer.In(1, "EUR")))),
        ("discount.perUnit.currency", With(new AmountOff(new Money(1, default)))),
        ("discount.price", With(new FixedPrice(Offer.In(-1)))),
        ("discount.price.currency", With(new FixedPrice(Offer.In(1, "EUR")))),
        ("discount", With(new Bundle { Units = 3 })),
        (
            "discount",
            With(
                new Bundle
                {
                    Units = 3,
                    PayFor = 2,
                    Price = Offer.In(5),
                }
            )
        ),
        ("discount.units", With(new Bundle { Units = 1, Price = Offer.In(5) })),
        ("discount.units", With(new Bundle { Units = 101, Price = Offer.In(5) })),
        ("discount.payFor", With(new Bundle { Units = 3, PayFor = 3 })),
        ("discount.payFor", With(new Bundle { Units = 3, PayFor = 0 })),
        ("discount.price", With(new Bundle { Units = 3, Price = Offer.In(0) })),
        ("discount.price.currency", With(new Bundle { Units = 3, Price = Offer.In(5, "EUR") })),
        ("discount.buy", With(new BuyXGetY { Buy = 0, Get = 1 })),
        ("discount.get", With(new BuyXGetY { Buy = 1, Get = 101 })),
        (
            "discount.percent",
            With(
                new BuyXGetY
                {
                    Buy = 1,
                    Get = 1,
                    Percent = 101,
                }
            )
        ),
        ("channels", Good with { Channels = [] }),
        ("channels", Good with { Channels = null! }),
        ("channels", Good with { Channels = [.. Enumerable.Range(0, 21).Select(static i => new SalesChannelId($"C{i}"))] }),
        ("channels[1]", Good with { Channels = [new("web"), new("web")] }),
        ("regions", Good with { Regions = [] }),
        ("regions", With(ManyRegions(51))),
        ("regions[1]", With(Region, null!)),
        ("regions[0].region", With(Region with { Region = default })),
        ("regions[1].region", With(Region, Region with { Stores = [], Warehouses = [new("W2")] })),
        ("regions[0]", With(Region with { Stores = [], Warehouses = null! })),
        ("regions[0].stores", With(Region with { Stores = Places(501) })),
        ("regions[0].warehouses", With(Region with { Warehouses = Places(501) })),
        ("regions[0].stores[1]", With(Region with { Stores = [new("S1"), new("S1")] })),
        ("regions[0].stores[0]", With(Region with { Stores = [default] })),
        ("regions[1].stores[0]", With(Region, Region with { Region = new("south") })),
        ("window", Good with { Window = null! }),
        ("window.start", Between(DateTime.SpecifyKind(June, DateTimeKind.Utc), June.AddDays(1))),
        ("window.end", Between(June, DateTime.SpecifyKind(June.AddDays(1), DateTimeKind.Local))),
        ("window.start", Between(new DateTime(1999, 6, 1), June)),
        ("window.end", Between(June, DateTime.MaxValue)),
        ("window.end", Between(June, June)),
        ("window.end", Between(June, June.AddDays(-1))),
        ("window.end", Between(June, June.AddSeconds(59))),
        ("window.end", Between(June, June.AddDays(401))),
        ("window.end", Between(new DateTime(2026, 3, 29, 1, 30, 0), new DateTime(2026, 3, 29, 2, 10, 0))), // the start moves to 02:30
        ("window.timeZone", Between(June, June.AddDays(1), "Mars/Olympus")),
        ("window.timeZone", Between(June, June.AddDays(1), null!)),
        ("expectedUplift", Good with { ExpectedUplift = 0.9m }),
        ("expectedUplift", Good with { ExpectedUplift = 140 }),
        ("priority", Good with { Priority = -1 }),
        ("priority", Good with { Priority = 1_001 }),
        ("stacking", Good with { Stacking = (Stacking)9 }),
        ("budget.totalDiscount", With(new Budget { TotalDiscount = Offer.In(0) })),
        ("budget.totalDiscount.currency", With(new Budget { TotalDiscount = Offer.In(1, "EUR") })),
        ("budget.redemptions", With(new Budget { Redemptions = 0 })),
        ("budget.perCustomer", With(new Budget { PerCustomer = 0 })),
        ("budget.perCustomer", With(new Budget { Redemptions = 2, PerCustomer = 3 })),
        ("funding", With([.. Enumerable.Range(0, 21).Select(static i => Offer.Agreement($"AG-{i}"))])),
        ("funding[1]", With(Offer.Agreement(), null!)),
        ("funding[0].supplier", With(Offer.Agreement(supplier: ""))),
        ("funding[0].reference", With(Offer.Agreement(reference: " x"))),
        ("funding[1].reference", With(Offer.Agreement(), Offer.Agreement())),
        ("funding[0].perUnit", With(Offer.Agreement(perUnit: 0))),
        ("funding[0].perUnit.currency", With(Offer.Agreement() with { PerUnit = Offer.In(1, "EUR") })),
        ("funding[0].capUnits", With(Offer.Agreement(units: 0))),
        ("funding[0].capMoney", With(Offer.Agreement(money: -1))),
        ("funding[0].capMoney.currency", With(Offer.Agreement() with { CapMoney = Offer.In(1, "EUR") })),
    ];

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        foreach (var (i, mistake) in Mistakes.Index())
            cases.Add(i, mistake.Field);
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_mistake_is_found_once_with_its_field(int number, string field)
    {
        var rejection = Assert.Single(Mistakes[number].Request.Check());
        Assert.Equal(field, rejection.Field);
        Assert.NotEmpty(rejection.Reason);
    }

    [Fact]
    public void A_missing_currency_is_said() =>
        Assert.Contains((Good with { Currency = default }).Check(), static r => r.Field == "currency");

    [Fact]
    public void All_mistakes_are_said_at_once()
    {
        var found = (
            Good with
            {
                Name = "",
                Items = [],
                Discount = new PercentOff(0),
                Channels = [],
                Priority = 2_000,
                Funding = [Offer.Agreement(perUnit: 0)],
            }
        ).Check();
        Assert.Equal(
            ["name", "items", "discount.percent", "channels", "priority", "funding[0].perUnit"],
            found.Select(static r => r.Field)
        );
    }

    [Fact]
    public void The_largest_request_that_is_allowed_has_no_mistake() =>
        Assert.Empty(
            (
                Good with
                {
                    Name = new string('x', 120),
                    Items = Skus(5_000),
                    Regions = ManyRegions(50),
                    Channels = [.. Enumerable.Range(0, 20).Select(static i => new SalesChannelId($"C{i}"))],
                    Funding = [.. Enumerable.Range(0, 20).Select(static i => Offer.Agreement($"AG-{i}"))],
                    Priority = 1_000,
                    ExpectedUplift = 100,
                    Window = new PromotionWindow
                    {
                        Start = June,
                        End = June.AddDays(400),
                        TimeZone = "UTC",
                    },
                }
            ).Check()
        );

    [Fact]
    public void The_smallest_request_has_none_either() =>
        Assert.Empty(
            (
                Good with
                {
                    Items = [],
                    Categories = ["Mugs"],
                    ExcludedItems = [new Sku("Z")],
                    Regions = [Region with { Stores = [] }],
                    ExpectedUplift = null,
                    Budget = null,
                    Funding = [],
                    Priority = 0,
                    Window = new PromotionWindow
                    {
                        Start = June,
                        End = June.AddMinutes(1),
                        TimeZone = "Asia/Tokyo",
                    },
                }
            ).Check()
        );

    [Fact]
    public void One_warehouse_may_serve_two_regions() =>
        Assert.Empty(With(Region, Region with { Region = new("south"), Stores = [] }).Check());
}
