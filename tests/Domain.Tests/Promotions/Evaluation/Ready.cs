using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Evaluation;

/// <summary>
/// Facts of a promotion that may launch: two items, two regions of a store each, which share a warehouse. Tests change one thing.
/// </summary>
internal static class Ready
{
    public static readonly PromotionId Id = new("summer-mugs");

    public static readonly DateTimeOffset Now = Given.Now,
        Start = Now.AddDays(3),
        End = Start.AddDays(7);

    public static readonly Sku A = new("A"),
        B = new("B");

    public static readonly RegionId North = new("north"),
        South = new("south");

    public static readonly SalesChannelId Web = new("web"),
        Tills = new("tills");

    public static readonly LocationId[] Places = [new("S1"), new("W1"), new("S2"), new("W1")];

    /// <summary>Units that each region needs of each item: 10 a day, 1.4 times as many, 7 days, at P90.</summary>
    public const int Needed = 111;

    public static readonly Fact<PromotionReport>[] Words =
    [
        Said(
            new FundingConfirmed
            {
                Promotion = Id,
                Supplier = new("acme"),
                Reference = "AG-1",
                Units = new(1_000),
            }
        ),
        .. new[] { Web, Tills }.Select(static channel =>
            Said(
                new ChannelReadyReported
                {
                    Promotion = Id,
                    Channel = channel,
                    Answer = ChannelAnswer.Ready,
                },
                from: channel.Value
            )
        ),
        .. new[] { "S1", "S2" }.SelectMany(static store =>
            new[] { "signage", "labour" }.Select(task =>
                Said(
                    new StoreTaskReported
                    {
                        Promotion = Id,
                        Store = new(store),
                        Task = task,
                    },
                    from: "tills"
                )
            )
        ),
    ];

    public static readonly PromotionPolicy Policy = new()
    {
        Approvals =
        [
            new ApprovalMatrix(Given.Gbp, [new ApprovalRow(100_000, null, null, ["finance"], DiscountAccounting.RevenueReduction)]),
        ],
    };

    public static readonly PromotionTerms Terms = new()
    {
        Number = 2,
        Items = [A, B],
        Start = Start,
        End = End,
        By = "mia",
        At = Now.AddDays(-1),
        Request = Offer.Request() with
        {
            Budget = null,
            Regions =
            [
                new PromotionRegion
                {
                    Region = North,
                    Stores = [Places[0]],
                    Warehouses = [Places[1]],
                },
                new PromotionRegion
                {
                    Region = South,
                    Stores = [Places[2]],
                    Warehouses = [Places[3]],
                },
            ],
        },
    };

    public static PromotionFacts Facts() =>
        new()
        {
            Promotion = Id,
            RequestedBy = "mia",
            Terms = Terms,
            Policy = Policy,
            Now = Now,
            Channels = [Channel(Web), Channel(Tills)],
            Items = [Item(A), Item(B)],
            Stock = Grid(200, 0),
            Baselines = [.. Enumerable.Repeat(new SalesBaseline(10, 0), 4)],
            Reports = Words,
            Approvals = [new GivenApproval("finance", "finn", Now.AddHours(-1), 2, true, "the promotions API")],
        };

    public static ChannelFact Channel(SalesChannelId channel) =>
        new(channel, new(channel.Value), TimeSpan.FromHours(1), "prices loaded", TimeSpan.FromHours(12), Now.AddHours(-2));

    public static ItemFact Item(Sku sku, params RegularPrice[] prices) =>
        new(sku, true, true, "kitchen", new("acme"), Offer.In(5), prices.Length > 0 ? prices : [Price(10)]);

    public static RegularPrice Price(
        decimal amount,
        SalesChannelId? channel = null,
        RegionId? region = null,
        string currency = "GBP",
        DateTimeOffset? at = null
    ) => new(channel, region, Offer.In(amount, currency), at ?? Now.AddDays(-30));

    /// <summary>So many units of each item in each store, and in the warehouse that both regions share.</summary>
    public static StockGrid Grid(decimal inStores, decimal inWarehouse, DateTimeOffset? countedAt = null) =>
        new(
            [A, B],
            [Place(0, North), Place(1, North), Place(2, South), Place(3, South)],
            [
                .. Enumerable
                    .Range(0, 8)
                    .Select(i => new StockFigure(new(i % 2 == 0 ? inStores : inWarehouse), countedAt ?? Now.AddMinutes(-10))),
            ]
        );

    private static StockLocation Place(int index, RegionId region) => new(Places[index], region, TimeSpan.FromHours(4), "stock counts");

    public static Fact<PromotionReport> Said(PromotionReport said, DateTimeOffset? at = null, string from = "erp", string id = "e1") =>
        new(new(from), new(at ?? Now.AddHours(-1), 0, from, id), said);

    public static PromotionFacts With(this PromotionFacts facts, params PromotionReport[] said) =>
        facts with
        {
            Reports = [.. facts.Reports, .. said.Select((word, i) => Said(word, Now.AddMinutes(-5), id: $"later{i}"))],
        };

    public static PromotionFacts Without<T>(this PromotionFacts facts)
        where T : PromotionReport => facts with { Reports = [.. facts.Reports.Where(static r => r.Said is not T)] };
}
