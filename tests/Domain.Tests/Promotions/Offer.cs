using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

/// <summary>Promotions that tests begin with, and random ones.</summary>
internal static class Offer
{
    public static Money In(decimal amount, string currency = "GBP") => new(amount, Currency.Parse(currency));

    public static Quantity Units(decimal units) => new(units);

    public static PromotionRequest Request() =>
        new()
        {
            Name = "Summer mugs",
            Items = [new Sku("A"), new Sku("B")],
            Discount = new PercentOff(20),
            Channels = [new SalesChannelId("web"), new SalesChannelId("tills")],
            Regions =
            [
                new PromotionRegion
                {
                    Region = new RegionId("north"),
                    Stores = [new LocationId("S1")],
                    Warehouses = [new LocationId("W1")],
                },
            ],
            Window = new PromotionWindow
            {
                Start = new DateTime(2026, 6, 1, 9, 0, 0),
                End = new DateTime(2026, 6, 8, 0, 0, 0),
                TimeZone = "Europe/London",
            },
            ExpectedUplift = 1.4m,
            Budget = new Budget
            {
                TotalDiscount = In(5_000),
                Redemptions = 2_000,
                PerCustomer = 3,
            },
            Funding = [Agreement()],
            Currency = Given.Gbp,
            RequestedBy = "Mia Hart",
        };

    public static FundingAgreement Agreement(
        string reference = "AG-1",
        decimal perUnit = 0.5m,
        decimal? units = null,
        decimal? money = null,
        string supplier = "acme"
    ) =>
        new()
        {
            Supplier = new SupplierId(supplier),
            Reference = reference,
            PerUnit = In(perUnit),
            CapUnits = units is { } u ? new Quantity(u) : null,
            CapMoney = money is { } m ? In(m) : null,
        };

    public static Bundle ThreeFor(decimal price) => new() { Units = 3, Price = In(price) };

    public static readonly Bundle ThreeForTwo = new() { Units = 3, PayFor = 2 };

    public static readonly BuyXGetY OneGetOneFree = new() { Buy = 1, Get = 1 };

    /// <summary>Pence up to £200.</summary>
    public static readonly Gen<Money> Prices = Gen.Choose(0, 20_000).Select(static pence => In(pence / 100m));

    public static readonly Gen<PriceRounding> Roundings = Gen.Elements(PriceRounding.Nearest, PriceRounding.Down);

    public static readonly Gen<Discount> GroupDiscounts = Gen.OneOf(
        from units in Gen.Choose(2, 5)
        from pence in Gen.Choose(1, 20_000)
        select (Discount)new Bundle { Units = units, Price = In(pence / 100m) },
        from units in Gen.Choose(2, 5)
        from free in Gen.Choose(1, 4)
        select (Discount)new Bundle { Units = units, PayFor = Math.Max(1, units - free) },
        from buy in Gen.Choose(1, 3)
        from get in Gen.Choose(1, 3)
        from percent in Gen.Choose(1, 1000)
        select (Discount)
            new BuyXGetY
            {
                Buy = buy,
                Get = get,
                Percent = percent / 10m,
            }
    );

    public static readonly Gen<Discount> Discounts = Gen.OneOf(
        GroupDiscounts,
        Gen.Choose(1, 999).Select(static p => (Discount)new PercentOff(p / 10m)),
        Gen.Choose(1, 20_000).Select(static p => (Discount)new AmountOff(In(p / 100m))),
        Gen.Choose(1, 20_000).Select(static p => (Discount)new FixedPrice(In(p / 100m)))
    );
}
