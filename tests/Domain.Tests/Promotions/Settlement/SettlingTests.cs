using System.Text.Json;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.TestSupport.Promotions;
using static Stockgate.TestSupport.Promotions.Settled;

namespace Stockgate.Domain.Tests.Promotions.Settlement;

public class SettlingTests
{
    [Fact]
    public void Units_money_and_margin_of_one_item()
    {
        var report = Settling.Settle(
            Of(Sales(units: 100, revenue: 800, returned: 10, refunded: 80)) with
            {
                Funding = [Agreement("AG", 0.5m)],
            }
        );
        Assert.Equal(
            new SettledFigures(Units(90), Units(10), Units(50), Units(90), In(900), In(180), In(720), In(0), In(450), In(45), In(315)),
            report.Whole
        );
        Assert.Equal((1.8m, 1.8m, 43.75m), (report.Whole.Uplift, report.Whole.PlannedUplift, report.Whole.MarginPercent));
        Assert.Equal(report.Whole, Assert.Single(report.Items).Figures);
    }

    [Fact]
    public void What_has_no_cost_is_in_no_margin_and_is_said()
    {
        var report = Settling.Settle(Of(Sales("A"), Sales("B", cost: null, revenue: 300)));
        Assert.Equal(
            (In(1_100), In(300), In(500), In(300)),
            (report.Whole.Revenue, report.Whole.Uncosted, report.Whole.Cost, report.Whole.Margin)
        );
        Assert.Contains(
            report.Summary,
            static s => s.Contains("300.00 GBP of the revenue is from items without a known cost", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_agreement_is_billed_in_coins_once_and_shows_what_is_open()
    {
        var report = Settling.Settle(
            Of(Sales(units: 101)) with
            {
                Funding = [Agreement("low", 0.333m), Agreement("high", 1, units: 50)],
                Paid =
                [
                    new(new SupplierId("acme"), "high", In(20)),
                    new(new SupplierId("acme"), "high", In(45.5m)),
                    new(new SupplierId("other"), "low", In(9)),
                ],
            }
        );
        Assert.Equal(
            new FundingOutcome(new SupplierId("acme"), "low", Units(51), In(16.983m), In(16.98m), In(0), In(16.98m)),
            report.Funding[0]
        );
        Assert.Equal(new FundingOutcome(new SupplierId("acme"), "high", Units(50), In(50), In(50), In(45.5m), In(4.5m)), report.Funding[1]);
        Assert.Equal(In(66.98m), report.Whole.Funding);
        Assert.Contains("Suppliers were billed 66.98 GBP and have paid 45.50 GBP; 21.48 GBP is still open.", report.Summary);
    }

    [Fact]
    public void A_claim_is_never_rounded_above_its_cap() =>
        Assert.Equal(In(10), Settling.Settle(Of(Sales()) with { Funding = [Agreement("AG", 1, money: 10.005m)] }).Funding[0].Claimed);

    [Fact]
    public void More_returns_than_sales_owe_no_supplier_anything() =>
        Assert.Equal(In(0), Settling.Settle(Of(Sales(units: 3, returned: 8)) with { Funding = [Agreement("AG", 1)] }).Whole.Funding);

    [Fact]
    public void What_neighbours_lost_is_netted_within_their_category()
    {
        var report = Settling.Settle(
            Of(Sales()) with
            {
                Neighbours =
                [
                    new(new Sku("N1"), "Mugs", Units(10), Units(30), In(2)),
                    new(new Sku("N2"), "Mugs", Units(15), Units(10), In(1)),
                    new(new Sku("N3"), "Lamps", Units(9), Units(4), null),
                ],
            }
        );
        Assert.Equal(
            [
                new Cannibalised("Mugs", 2, Units(25), Units(40), Units(15), In(35)),
                new Cannibalised("Lamps", 1, Units(9), Units(4), Units(0), null),
            ],
            report.Cannibalisation
        );
    }

    [Fact]
    public void Availability_weighs_each_look_by_what_it_looked_at()
    {
        Assert.Equal(
            0.9m,
            Settling.Settle(Of(Sales()) with { Samples = [new(Start, 0, 10), new(Start.AddHours(1), 90, 90)] }).Availability
        );
        Assert.Null(Settling.Settle(Of(Sales())).Availability);
    }

    [Fact]
    public void Nothing_sold_is_a_report_too()
    {
        var report = Settling.Settle(Of());
        Assert.Equal(SettledFigures.Nothing(Gbp), report.Whole);
        Assert.NotEmpty(report.Summary);
    }

    [Fact]
    public void Another_currency_is_a_fault_and_not_a_sum() =>
        Assert.Throws<InvalidOperationException>(() =>
            Settling.Settle(Of(Sales(), Sales("B") with { Revenue = new Money(1, Currency.Parse("EUR")) }))
        );

    [Fact]
    public void It_is_read_back_as_it_was_written()
    {
        var json = JsonSerializer.Serialize(Settling.Settle(Week()), SettlementJson.Default.SettlementReport);
        Assert.Equal(
            json,
            JsonSerializer.Serialize(
                JsonSerializer.Deserialize(json, SettlementJson.Default.SettlementReport),
                SettlementJson.Default.SettlementReport
            )
        );
        Assert.Equal(json, JsonSerializer.Serialize(Settling.Settle(Week()), SettlementJson.Default.SettlementReport));
    }

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static SettlementInput Any(int seed)
    {
        var random = new Random(seed);
        string[] skus = ["A", "B", "C"],
            regions = ["north", "south"];
        var sales =
            from sku in skus
            from region in regions
            where random.Next(6) != 0
            select Sales(
                sku,
                region,
                random.Next(0, 200),
                random.Next(0, 100_000) / 100m,
                random.Next(0, 90),
                random.Next(0, 120),
                random.Next(1, 3_000) / 100m,
                random.Next(5) == 0 ? null : random.Next(0, 2_000) / 100m,
                random.Next(0, 20),
                random.Next(0, 999) / 100m
            );
        return Of([.. sales]) with
        {
            Funding =
            [
                .. Enumerable
                    .Range(0, random.Next(4))
                    .Select(i =>
                        Agreement(
                            $"AG-{i}",
                            random.Next(1, 3_000) / 1_000m,
                            random.Next(2) == 0 ? null : random.Next(1, 300),
                            random.Next(2) == 0 ? null : random.Next(1, 99_999) / 100m
                        )
                    ),
            ],
            Paid =
            [
                .. Enumerable
                    .Range(0, random.Next(3))
                    .Select(i => new PaidClaim(new SupplierId("acme"), $"AG-{i}", In(random.Next(0, 20_000) / 100m))),
            ],
        };
    }

    [Fact]
    public void The_parts_of_every_sum_are_the_whole_to_the_coin() =>
        Prop.ForAll<int>(static seed =>
            {
                var report = Settling.Settle(Any(seed));
                var nothing = SettledFigures.Nothing(Gbp);
                var (whole, billed) = (report.Whole, report.Funding.Sum(static f => f.Claimed.Amount));
                return report.Items.Aggregate(nothing, static (sum, i) => sum + i.Figures) == whole
                    && report.Regions.Aggregate(nothing, static (sum, r) => sum + r.Figures) == whole
                    && (whole.Funding.Amount == billed || billed > 0 && whole.Units.Value <= 0)
                    && report.Items.All(static i => i.Figures.Funding is { Payable: true, Amount: >= 0 })
                    && report.Regions.All(static r => r.Figures.Funding is { Payable: true, Amount: >= 0 });
            })
            .Check(Thorough);

    [Fact]
    public void Money_flows_from_regular_prices_to_margin_without_a_leak() =>
        Prop.ForAll<int>(static seed =>
                Settling
                    .Settle(Any(seed))
                    .Items.Select(static i => i.Figures)
                    .All(static f => f.AtRegular - f.Discount == f.Revenue && f.Revenue - f.Uncosted - f.Cost + f.Funding == f.Margin)
            )
            .Check(Thorough);

    [Fact]
    public void No_unit_is_claimed_twice_and_no_agreement_is_billed_above_what_it_owes_by_a_coin() =>
        Prop.ForAll<int>(static seed =>
            {
                var input = Any(seed);
                var report = Settling.Settle(input);
                return report.Funding.Sum(static f => f.Units.Value) <= Math.Max(0, report.Whole.Units.Value)
                    && report
                        .Funding.Zip(input.Funding)
                        .All(static p =>
                            p.First.Claimed.Payable
                            && Math.Abs(p.First.Claimed.Amount - p.First.Accrued.Amount) <= 0.005m
                            && (p.Second.CapMoney is not { } cap || p.First.Claimed.Amount <= cap.Amount)
                            && p.First.Claimed - p.First.Recovered == p.First.Open
                        );
            })
            .Check(Thorough);

    [Fact]
    public void Coins_are_shared_out_by_weight_without_a_rest() =>
        Prop.ForAll(
                (
                    from pence in Gen.Choose(0, 100_000)
                    from weights in Gen.Choose(0, 1_000).NonEmptyListOf()
                    select (pence, weights)
                ).ToArbitrary(),
                static x =>
                {
                    var weights = x.weights.Select(static w => w / 7m).ToList();
                    var shares = Settling.Shares(In(x.pence / 100m), weights);
                    var total = weights.Sum();
                    return shares.Sum(static s => s.Amount) == (total > 0 ? x.pence / 100m : 0)
                        && shares
                            .Zip(weights)
                            .All(s =>
                                s.First.Payable
                                && (total == 0 || Math.Abs(s.First.Amount - x.pence / 100m * (s.Second / total)) < 0.0100001m)
                            );
                }
            )
            .Check(Thorough);
}
