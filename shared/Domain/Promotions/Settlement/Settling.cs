namespace Stockgate.Domain.Promotions.Settlement;

/// <summary>Makes the settlement of a promotion. Money is exact; only what is billed is rounded, once, to coins.</summary>
public static class Settling
{
    /// <exception cref="InvalidOperationException">An amount is in another currency than the settlement.</exception>
    public static SettlementReport Settle(SettlementInput input)
    {
        var units = input.Sales.Aggregate(Quantity.Zero, static (sum, s) => sum + s.Units - s.Returned);
        var funding = FundingOf(input, units);
        var billed = funding.Aggregate(Money.Zero(input.Currency), static (sum, f) => sum + f.Claimed);
        var shares = Shares(billed, [.. input.Sales.Select(static s => Math.Max(0, s.Units.Value - s.Returned.Value))]);
        var cells = input.Sales.Select((sales, i) => (Sales: sales, Figures: FiguresOf(sales, shares[i], input.Currency))).ToList();
        var samples = input.Samples.OrderBy(static s => s.At).ToList();
        var looks = samples.Sum(static s => s.ItemLocations);
        var report = new SettlementReport
        {
            Promotion = input.Promotion,
            Name = input.Name,
            Currency = input.Currency,
            Planned = input.Planned,
            Actual = input.Actual,
            SettledAt = input.SettledAt,
            Summary = [],
            Whole = cells.Aggregate(SettledFigures.Nothing(input.Currency), static (sum, c) => sum + c.Figures),
            Customers = input.Customers,
            Items =
            [
                .. cells
                    .GroupBy(static c => c.Sales.Sku)
                    .Select(static item => new SettledItem(
                        item.Key,
                        item.Select(static c => c.Sales.Title).FirstOrDefault(static t => t is not null),
                        item.Select(static c => c.Figures).Aggregate(static (a, b) => a + b)
                    ))
                    .OrderByDescending(static i => i.Figures.Revenue.Amount)
                    .ThenBy(static i => i.Sku.Value, StringComparer.Ordinal),
            ],
            Regions =
            [
                .. cells
                    .GroupBy(static c => c.Sales.Region)
                    .Select(static region => new SettledRegion(
                        region.Key,
                        region.Select(static c => c.Figures).Aggregate(static (a, b) => a + b)
                    ))
                    .OrderBy(static r => r.Region.Value, StringComparer.Ordinal),
            ],
            Funding = funding,
            Cannibalisation =
            [
                .. input
                    .Neighbours.GroupBy(static n => n.Category, StringComparer.Ordinal)
                    .Select(category => LossOf(category.Key, [.. category], input.Currency))
                    .OrderByDescending(static c => c.Lost)
                    .ThenBy(static c => c.Category, StringComparer.Ordinal),
            ],
            Availability = looks > 0 ? (decimal)samples.Sum(static s => s.InStock) / looks : null,
            Samples = samples,
            Days = [.. input.Days.OrderBy(static d => d.Day)],
            Budget = input.Budget,
            Timeline = [.. input.Timeline.OrderBy(static t => t.Revision)],
            Exceptions =
            [
                .. input
                    .Exceptions.OrderBy(static e => e.At)
                    .ThenBy(static e => e.Type, StringComparer.Ordinal)
                    .ThenBy(static e => e.Subject, StringComparer.Ordinal),
            ],
        };
        return report with { Summary = SettlementSummary.Of(report, input) };
    }

    /// <summary>
    /// Splits whole coins by weights so that the parts add up to the whole: each gets its share rounded down, and the coins left over go
    /// to those that lost most by it, the first among equals (largest remainder).
    /// </summary>
    /// <param name="whole">In whole coins, 0 or more.</param>
    /// <param name="weights">0 or more each.</param>
    public static IReadOnlyList<Money> Shares(Money whole, IReadOnlyList<decimal> weights)
    {
        var total = weights.Sum();
        var coin = 1m;
        for (var i = 0; i < whole.Currency.MinorUnits; i++)
            coin /= 10;
        var parts = new decimal[weights.Count];
        var lost = new decimal[weights.Count];
        if (total > 0)
        {
            for (var i = 0; i < parts.Length; i++)
            {
                var exact = whole.Amount * (weights[i] / total);
                parts[i] = Math.Floor(exact / coin) * coin;
                lost[i] = exact - parts[i];
            }
            var coins = (int)((whole.Amount - parts.Sum()) / coin);
            foreach (
                var i in Enumerable
                    .Range(0, parts.Length)
                    .Where(i => weights[i] > 0)
                    .OrderByDescending(i => lost[i])
                    .ThenBy(static i => i)
                    .Take(coins)
            )
                parts[i] += coin;
        }
        return [.. parts.Select(part => new Money(part, whole.Currency))];
    }

    private static List<FundingOutcome> FundingOf(SettlementInput input, Quantity units)
    {
        var outcomes = new List<FundingOutcome>();
        var answered = new HashSet<(SupplierId, string)>();
        foreach (var (share, agreement) in Funding.Allocate(input.Funding, units).Zip(input.Funding))
        {
            var claimed = Billed(share.Amount, agreement);
            // Two agreements of one number are paid by one sum: it counts once.
            var paid = answered.Add((share.Supplier, share.Reference))
                ? input
                    .Paid.Where(p => p.Supplier == share.Supplier && p.Reference == share.Reference && p.Amount.Currency == input.Currency)
                    .Select(static p => p.Amount.Amount)
                    .DefaultIfEmpty()
                    .Max()
                : 0;
            var recovered = new Money(paid, input.Currency);
            outcomes.Add(
                new FundingOutcome(
                    share.Supplier,
                    share.Reference,
                    share.Units,
                    share.Amount + Money.Zero(input.Currency),
                    claimed,
                    recovered,
                    claimed - recovered
                )
            );
        }
        return outcomes;
    }

    // A half goes away from zero, as on invoices; but a cap with more decimals than there are coins is not billed beyond.
    private static Money Billed(Money accrued, FundingAgreement agreement)
    {
        var coins = accrued.Currency.MinorUnits;
        var nearest = decimal.Round(accrued.Amount, coins, MidpointRounding.AwayFromZero);
        return accrued with
        {
            Amount =
                agreement.CapMoney is { } cap && nearest > cap.Amount
                    ? decimal.Round(accrued.Amount, coins, MidpointRounding.ToZero)
                    : nearest,
        };
    }

    private static SettledFigures FiguresOf(SettledSales sales, Money funding, Currency currency)
    {
        var none = Money.Zero(currency);
        var units = sales.Units - sales.Returned;
        var (revenue, regular) = (sales.Revenue - (sales.Refunded ?? none), sales.Regular * units);
        var (uncosted, cost) = sales.UnitCost is { } each ? (none, each * units) : (revenue, none);
        return new SettledFigures(
            units,
            sales.Returned,
            sales.Baseline,
            sales.Planned,
            regular,
            regular - revenue,
            revenue,
            uncosted,
            none + cost,
            funding,
            revenue - uncosted - cost + funding
        );
    }

    private static Cannibalised LossOf(string category, IReadOnlyList<NeighbourSales> items, Currency currency)
    {
        var (units, baseline) = (
            items.Aggregate(Quantity.Zero, static (sum, n) => sum + n.Units),
            items.Aggregate(Quantity.Zero, static (sum, n) => sum + n.Baseline)
        );
        var known = items.Where(static n => n.UnitMargin is not null).ToList();
        // What one item lost to another of the category is no loss of the category: it is netted before it is floored.
        var lost = known.Aggregate(Money.Zero(currency), static (sum, n) => sum + n.UnitMargin!.Value * (n.Baseline - n.Units));
        var fewer = Quantity.Max(Quantity.Zero, baseline - units);
        return new Cannibalised(
            category,
            items.Count,
            units,
            baseline,
            fewer,
            known.Count == 0 ? null
                : fewer == Quantity.Zero || lost.Amount < 0 ? Money.Zero(currency)
                : lost
        );
    }
}
