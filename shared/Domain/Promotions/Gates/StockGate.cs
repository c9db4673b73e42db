namespace Stockgate.Domain.Promotions.Gates;

/// <summary>What a region needs.</summary>
/// <param name="Region">The region.</param>
/// <param name="DemandP90">Per item of the grid: what nine of ten windows like this one would not exceed, in units, 0 or more.</param>
/// <param name="LeadTime">From a delivery's arrival to the shelf; 0 or more.</param>
/// <param name="Plan">What is done where the stock is short.</param>
/// <param name="Basis">What the demand was made of, in words; null: not told.</param>
/// <param name="BasisAt">When that was; null if it has no age.</param>
public sealed record RegionNeed(
    RegionId Region,
    Quantity[] DemandP90,
    TimeSpan LeadTime = default,
    ShortRegionPlan? Plan = null,
    string? Basis = null,
    DateTimeOffset? BasisAt = null
);

/// <summary>A delivery on its way.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Region">The region.</param>
/// <param name="Quantity">In units.</param>
/// <param name="ArrivesAt">When it is at the region's door.</param>
/// <param name="Confirmed">Whether the supplier or carrier confirmed it.</param>
/// <param name="Source">The purchase order, as the supplier or the ERP names it.</param>
public readonly record struct Inbound(Sku Sku, RegionId Region, Quantity Quantity, DateTimeOffset ArrivesAt, bool Confirmed, string Source);

/// <param name="Now">The moment to judge by.</param>
/// <param name="Start">The first moment of the promotion.</param>
/// <param name="End">The first moment after the promotion.</param>
/// <param name="Grid">What every location can promise.</param>
/// <param name="Regions">Every region that takes part, each once.</param>
/// <param name="Inbound">Deliveries on their way, in any order.</param>
/// <param name="MinimumCoverPercent">The least share of a region's demand that its stock must cover, above 0 and up to 100.</param>
public sealed record StockInput(
    DateTimeOffset Now,
    DateTimeOffset Start,
    DateTimeOffset End,
    StockGrid Grid,
    RegionNeed[] Regions,
    Inbound[] Inbound,
    decimal MinimumCoverPercent = 100
);

/// <summary>In each region, available to promise and confirmed inbound cover the demand at P90.</summary>
public static class StockGate
{
    /// <exception cref="ArgumentException">A region's demand is not one figure per item.</exception>
    public static GateVerdict Judge(StockInput input)
    {
        var supply = StockSupply.Of(input);
        var findings = new Judgement(
            GateNames.Stock,
            $"In each region, available to promise and confirmed inbound cover at least {Figures.Percent(input.MinimumCoverPercent)} of the demand at P90, item by item."
        );
        if (input.Regions.Length == 0)
            findings.Red("The promotion names no region.", "Name at least one region.", "the merchandiser");
        Worst red = new(),
            amber = new(),
            narrowed = new(),
            covered = new(),
            items = new();
        decimal unhandled = 0,
            handled = 0;
        for (var r = 0; r < input.Regions.Length; r++)
        {
            var region = supply.Regions[r];
            if (!IsShort(region, input))
                covered.Add(r, -region.CoverPercent);
            else
            {
                var plan = input.Regions[r].Plan is { Handles: true } handles ? handles.Policy : ShortRegionPolicy.None;
                (
                    plan switch
                    {
                        ShortRegionPolicy.None => red,
                        ShortRegionPolicy.Replenish => amber,
                        _ => narrowed,
                    }
                ).Add(r, region.Shortfall);
                if (plan == ShortRegionPolicy.None)
                    unhandled += region.Shortfall;
                else if (plan == ShortRegionPolicy.Replenish)
                    handled += region.Shortfall;
                supply.AddShort(r, items);
            }
        }
        See(input, supply, red, findings);
        See(input, supply, amber, findings);
        See(input, supply, narrowed, findings);
        // Where all is well the tightest regions are worth a look.
        if (red.Count + amber.Count + narrowed.Count == 0)
            See(input, supply, covered, findings);
        var worst = items.Count == 0 ? "" : $" Worst: {items.Names(supply.NameShort)}.";
        if (red.Count > 0)
            findings.Red(
                $"{Figures.Count(red.Count, "region")} short: {red.Names(r => Cover(input, supply, r))}.{worst}",
                $"Bring in {Figures.Units(new Quantity(unhandled))} or more, expect less, or set a policy for these regions.",
                "supply planning"
            );
        if (amber.Count > 0)
            findings.Amber(
                $"{Figures.Count(amber.Count, "region")} short, to be ordered by policy: {amber.Names(r => $"{Cover(input, supply, r)}; {input.Regions[r].Plan!.Consequence(input.Start, new Quantity(supply.Regions[r].Shortfall))}")}.{(red.Count == 0 ? worst : "")}",
                $"Bring in {Figures.Units(new Quantity(handled))}, or have a gate owner accept this consequence.",
                "supply planning"
            );
        // Sold to fewer, or later: the launch carries that out, so that nothing is promised that is not there.
        var less =
            narrowed.Count == 0
                ? ""
                : $" {Figures.Count(narrowed.Count, "region")} short and handled by policy: {narrowed.Names(r => $"{Cover(input, supply, r)}; {input.Regions[r].Plan!.Consequence(input.Start, new Quantity(supply.Regions[r].Shortfall))}")}.";
        return findings.Verdict(
            $"{Figures.Count(input.Regions.Length - narrowed.Count, "region")} covered{(covered.Count == 0 ? "" : $"; the tightest at {Figures.Percent(supply.Regions[covered.Indexes[0]].CoverPercent)}")}.{less}"
        );
    }

    /// <summary>Regions whose stock does not cover their demand, whatever is done about it.</summary>
    /// <exception cref="ArgumentException">A region's demand is not one figure per item.</exception>
    public static IReadOnlyList<RegionId> ShortRegions(StockInput input)
    {
        var supply = StockSupply.Of(input);
        return [.. input.Regions.Where((_, r) => IsShort(supply.Regions[r], input)).Select(static region => region.Region)];
    }

    // Compared as a product: a quotient's rounding could tell 99.99…9 % from 100 %.
    private static bool IsShort(RegionSupply region, StockInput input) => region.Covered * 100 < region.Demand * input.MinimumCoverPercent;

    private static string Cover(StockInput input, StockSupply supply, int r) =>
        $"{input.Regions[r].Region} covers {Figures.Percent(supply.Regions[r].CoverPercent)} of {Figures.Units(new Quantity(supply.Regions[r].Demand))}, {Figures.Number(supply.Regions[r].Shortfall)} short";

    private static void See(StockInput input, StockSupply supply, Worst regions, Judgement findings)
    {
        foreach (var r in regions.Indexes)
        {
            var region = supply.Regions[r];
            findings.See(
                $"available to promise in {input.Regions[r].Region}",
                Figures.Units(new Quantity(region.Available)),
                region.Oldest is { } oldest ? Figures.Age(input.Now, oldest) : null,
                region.Source ?? "no location reports stock there"
            );
            findings.See(
                $"confirmed inbound for {input.Regions[r].Region} in time",
                Figures.Units(new Quantity(region.Inbound)),
                null,
                "purchase orders"
            );
            findings.See(
                $"demand at P90 in {input.Regions[r].Region}",
                Figures.Units(new Quantity(region.Demand)),
                input.Regions[r].BasisAt is { } at ? Figures.Age(input.Now, at) : null,
                input.Regions[r].Basis ?? "expected sales"
            );
        }
    }
}
