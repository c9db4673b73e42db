namespace Stockgate.Domain.Promotions.Gates;

/// <summary>One region's stock against its demand, summed over the items, in units.</summary>
/// <param name="Available">What the locations can promise.</param>
/// <param name="Inbound">What surely arrives in time.</param>
/// <param name="Demand">At P90.</param>
/// <param name="Covered">What of the demand is covered; one item's surplus does not cover another's lack.</param>
/// <param name="Oldest">The oldest figure in it.</param>
/// <param name="Source">Where that one is from.</param>
internal readonly record struct RegionSupply(
    decimal Available,
    decimal Inbound,
    decimal Demand,
    decimal Covered,
    DateTimeOffset? Oldest,
    string? Source
)
{
    public decimal Shortfall => Demand - Covered;

    /// <summary>100 where nothing is demanded.</summary>
    public decimal CoverPercent => Demand == 0 ? 100 : Covered / Demand * 100;
}

/// <summary>What each region has of each item: one pass over the grid, one over the inbound, one over the demand.</summary>
internal sealed class StockSupply
{
    private readonly StockInput input;
    private readonly decimal[] units; // of item i in region r at r × items + i

    private StockSupply(StockInput input)
    {
        this.input = input;
        units = new decimal[input.Regions.Length * input.Grid.Items.Length];
        Regions = new RegionSupply[input.Regions.Length];
    }

    public RegionSupply[] Regions { get; }

    /// <exception cref="ArgumentException">A region's demand is not one figure per item.</exception>
    public static StockSupply Of(StockInput input)
    {
        foreach (var need in input.Regions)
            if (need.DemandP90.Length != input.Grid.Items.Length)
                throw new ArgumentException(
                    $"{need.Region} has a demand for {need.DemandP90.Length} items; the grid has {input.Grid.Items.Length}.",
                    nameof(input)
                );
        var supply = new StockSupply(input);
        var regions = new Dictionary<RegionId, int>();
        for (var r = 0; r < input.Regions.Length; r++)
            regions[input.Regions[r].Region] = r;
        supply.AddStock(regions);
        supply.AddInbound(regions);
        supply.AddDemand();
        return supply;
    }

    /// <summary>A region's items that are short, by index of item and region.</summary>
    public void AddShort(int region, Worst worst)
    {
        var count = input.Grid.Items.Length;
        for (var i = 0; i < count; i++)
        {
            var missing = input.Regions[region].DemandP90[i].Value - units[(region * count) + i];
            if (missing > 0)
                worst.Add((region * count) + i, missing);
        }
    }

    public string NameShort(int index)
    {
        var (region, item) = Math.DivRem(index, input.Grid.Items.Length);
        return $"{input.Grid.Items[item]} in {input.Regions[region].Region} ({Figures.Number(units[index])} of {Figures.Units(input.Regions[region].DemandP90[item])})";
    }

    private void AddStock(Dictionary<RegionId, int> regions)
    {
        var (grid, count) = (input.Grid, input.Grid.Items.Length);
        var regionOf = new int[grid.Locations.Length];
        for (var l = 0; l < regionOf.Length; l++)
            regionOf[l] = regions.TryGetValue(grid.Locations[l].Region, out var r) ? r : -1;
        for (var i = 0; i < count; i++)
        {
            var figures = grid.Of(i);
            for (var l = 0; l < figures.Length; l++)
            {
                ref readonly var figure = ref figures[l];
                // A location that promised more than it has takes nothing from its neighbours.
                if (regionOf[l] < 0 || !figure.Ranged || figure.AsOf is not { } asOf)
                    continue;
                ref var region = ref Regions[regionOf[l]];
                if (region.Oldest is null || asOf < region.Oldest)
                    region = region with { Oldest = asOf, Source = grid.Locations[l].Source };
                if (figure.Available.Value > 0)
                    units[(regionOf[l] * count) + i] += figure.Available.Value;
            }
        }
        for (var u = 0; u < units.Length; u++)
            if (units[u] != 0)
                Regions[u / count] = Regions[u / count] with { Available = Regions[u / count].Available + units[u] };
    }

    private void AddInbound(Dictionary<RegionId, int> regions)
    {
        var items = new Dictionary<Sku, int>();
        if (input.Inbound.Length > 0)
            for (var i = 0; i < input.Grid.Items.Length; i++)
                items[input.Grid.Items[i]] = i;
        foreach (var inbound in input.Inbound)
        {
            if (
                !inbound.Confirmed
                || inbound.Quantity.Value <= 0
                || !regions.TryGetValue(inbound.Region, out var r)
                || !items.TryGetValue(inbound.Sku, out var i)
            )
                continue;
            // One that should have arrived is in the stock already or is late: either way it must not be counted on.
            if (inbound.ArrivesAt < input.Now || inbound.ArrivesAt + input.Regions[r].LeadTime >= input.End)
                continue;
            units[(r * input.Grid.Items.Length) + i] += inbound.Quantity.Value;
            Regions[r] = Regions[r] with { Inbound = Regions[r].Inbound + inbound.Quantity.Value };
        }
    }

    private void AddDemand()
    {
        var count = input.Grid.Items.Length;
        for (var r = 0; r < Regions.Length; r++)
        {
            decimal demand = 0,
                covered = 0;
            for (var i = 0; i < count; i++)
            {
                var wanted = input.Regions[r].DemandP90[i].Value;
                demand += wanted;
                covered += Math.Min(wanted, units[(r * count) + i]);
            }
            Regions[r] = Regions[r] with { Demand = demand, Covered = covered };
        }
    }
}
