using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Settlement;

namespace Stockgate.TestSupport.Promotions;

/// <summary>Settlements that tests begin with.</summary>
internal static class Settled
{
    public static readonly Currency Gbp = Currency.Parse("GBP");

    public static readonly DateTimeOffset Start = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    public static Money In(decimal amount) => new(amount, Gbp);

    public static Quantity Units(decimal units) => new(units);

    public static SettledSales Sales(
        string sku = "A",
        string region = "north",
        decimal units = 100,
        decimal revenue = 800,
        decimal baseline = 50,
        decimal planned = 90,
        decimal regular = 10,
        decimal? cost = 5,
        decimal returned = 0,
        decimal? refunded = null
    ) =>
        new()
        {
            Sku = new Sku(sku),
            Region = new RegionId(region),
            Units = Units(units),
            Revenue = In(revenue),
            Baseline = Units(baseline),
            Planned = Units(planned),
            Regular = In(regular),
            UnitCost = cost is { } each ? In(each) : null,
            Returned = Units(returned),
            Refunded = refunded is { } back ? In(back) : null,
        };

    public static FundingAgreement Agreement(
        string reference,
        decimal perUnit,
        decimal? units = null,
        decimal? money = null,
        string supplier = "acme"
    ) =>
        new()
        {
            Supplier = new SupplierId(supplier),
            Reference = reference,
            PerUnit = In(perUnit),
            CapUnits = units is { } u ? Units(u) : null,
            CapMoney = money is { } m ? In(m) : null,
        };

    public static SettlementInput Of(params SettledSales[] sales) =>
        new()
        {
            Promotion = new PromotionId("summer-24"),
            Name = "Summer mugs",
            Currency = Gbp,
            Planned = new UtcWindow(Start, Start.AddDays(7)),
            Actual = new UtcWindow(Start, Start.AddDays(7)),
            SettledAt = Start.AddDays(8),
            Sales = sales,
        };

    /// <summary>
    /// A week of three regions and six items, with everything that a settlement can show; names as merchandisers write them.
    /// </summary>
    public static SettlementInput Week()
    {
        (string Sku, string Title, decimal Regular, decimal? Cost)[] items =
        [
            ("85123A", "White hanging heart T-light holder", 2.95m, 1.1m),
            ("22423", "Regency cakestand 3 tier", 12.75m, 6.2m),
            ("84879", "Assorted colour bird ornament", 1.69m, 0.7m),
            ("47566", "Party bunting <b>\"£5 & more\"</b>", 4.95m, 2.05m),
            ("23084", "Rabbit night light", 2.08m, 0.95m),
            ("=1+1", "Formula mug", 6.5m, null),
        ];
        (string Region, decimal Size)[] regions = [("north", 1), ("south-east and the Channel Islands", 1.6m), ("scotland", 0.45m)];
        var random = new Random(24);
        var sales =
            from region in regions
            from item in items.Index()
            let baseline = decimal.Round(region.Size * (60 + 25 * item.Index), 1)
            let units = Math.Floor(baseline * (1.1m + random.Next(0, 80) / 100m) * (region.Region == "scotland" ? 0.8m : 1))
            select Sales(
                item.Item.Sku,
                region.Region,
                units,
                decimal.Round(units * item.Item.Regular * 0.8m, 2),
                baseline,
                Math.Floor(baseline * 1.4m),
                item.Item.Regular,
                item.Item.Cost,
                Math.Floor(units / 40),
                decimal.Round(Math.Floor(units / 40) * item.Item.Regular * 0.8m, 2)
            ) with
            {
                Title = item.Item.Title,
            };
        decimal[] shape = [0.2m, 0.15m, 0.12m, 0.11m, 0.12m, 0.16m, 0.14m];
        var all = sales.ToList();
        return Of([.. all]) with
        {
            Name = "Summer mugs & <Friends>: 20 % off",
            Customers = 1_284,
            Funding =
            [
                Agreement("AG-2026-0117", 0.4m, 1_500),
                Agreement("SCAN/7781-B (co-op marketing, second half)", 0.333m, money: 250, supplier: "Ceramica Lusitana"),
                Agreement("AG-9", 0.1m, supplier: "acme"),
            ],
            Paid =
            [
                new PaidClaim(new SupplierId("acme"), "AG-2026-0117", In(450)),
                new PaidClaim(new SupplierId("Ceramica Lusitana"), "SCAN/7781-B (co-op marketing, second half)", In(249.98m)),
            ],
            Neighbours =
            [
                new(new Sku("N1"), "Kitchen", Units(80), Units(110), In(2)),
                new(new Sku("N2"), "Kitchen", Units(40), Units(35), null),
                new(new Sku("N3"), "Lighting", Units(70), Units(66), In(1)),
            ],
            Samples =
            [
                .. Enumerable
                    .Range(0, 42)
                    .Select(i => new AvailabilitySample(
                        Start.AddHours(4 * i),
                        300 - Math.Abs(i - 28) % 15 * 3 - (i is > 22 and < 30 ? 40 : 0),
                        300
                    )),
            ],
            Days =
            [
                .. shape.Select(
                    (share, i) =>
                        new SettledDay(
                            new DateOnly(2026, 6, 1).AddDays(i),
                            Units(Math.Floor(all.Sum(static s => s.Units.Value) * share)),
                            Units(decimal.Round(all.Sum(static s => s.Baseline.Value) / 7, 1))
                        )
                ),
            ],
            Budget = new BudgetUse(new Budget { TotalDiscount = In(5_000), Redemptions = 5_000 }, 1_902, In(2_204.15m)),
            Timeline =
            [
                new(PromotionState.Draft, PromotionEvent.Submitted, PromotionState.Gating, 2, "Posted", "Mia Hart", Start.AddDays(-9)),
                new(
                    PromotionState.Gating,
                    PromotionEvent.GatesGreen,
                    PromotionState.Scheduled,
                    3,
                    "Every gate is green",
                    "gates",
                    Start.AddDays(-3)
                ),
                new(
                    PromotionState.Preparing,
                    PromotionEvent.ChannelsReady,
                    PromotionState.Live,
                    5,
                    "4 of 4 channels showed the prices",
                    "launch",
                    Start
                ),
                new(
                    PromotionState.Live,
                    PromotionEvent.WindowEnded,
                    PromotionState.Ended,
                    6,
                    "The window is over",
                    "launch",
                    Start.AddDays(7)
                ),
            ],
            Exceptions =
            [
                new(Start.AddHours(30), "price-mismatch", "SKU 22423 in marketplace", "Showed 12.75 instead of 10.20", Start.AddHours(31)),
                new(Start.AddDays(4), "stock-drift", "SKU 84879 at store 12", "Counted 3, ledger 40", null),
            ],
        };
    }
}
