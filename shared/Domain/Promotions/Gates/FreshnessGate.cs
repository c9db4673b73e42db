namespace Stockgate.Domain.Promotions.Gates;

public sealed record FreshnessInput(DateTimeOffset Now, StockGrid Grid);

/// <summary>Every stock figure of the promotion exists, is no older than its location's limit, and its source still posts.</summary>
public static class FreshnessGate
{
    public static GateVerdict Judge(FreshnessInput input)
    {
        var (grid, now) = (input.Grid, input.Now);
        Worst missing = new(),
            stale = new(),
            silent = new();
        DateTimeOffset? oldest = null;
        var (needed, at) = (0, 0);
        for (var i = 0; i < grid.Items.Length; i++)
        {
            var figures = grid.Of(i);
            for (var l = 0; l < figures.Length; l++)
            {
                ref readonly var figure = ref figures[l];
                if (!figure.Ranged)
                    continue;
                needed++;
                var index = (i * figures.Length) + l;
                if (figure.AsOf is not { } asOf)
                {
                    missing.Add(index, 0);
                    continue;
                }
                if (oldest is null || asOf < oldest)
                    (oldest, at) = (asOf, l);
                var over = Figures.Age(now, asOf) - grid.Locations[l].MaxAge;
                if (over > TimeSpan.Zero)
                    stale.Add(index, over.Ticks);
                else if (figure.Silent)
                    silent.Add(index, Figures.Age(now, asOf).Ticks);
            }
        }
        var findings = new Judgement(GateNames.Freshness, "Every stock figure exists and is no older than its location's limit.");
        if (oldest is { } old)
            findings.See(
                "oldest stock figure",
                $"{Figures.Hours(Figures.Age(now, old))} old at {grid.Locations[at].Location}, limit {Figures.Hours(grid.Locations[at].MaxAge)}",
                Figures.Age(now, old),
                grid.Locations[at].Source
            );
        foreach (var index in stale.Indexes)
            findings.See($"stock of {Name(index)}", Figures.Units(grid.Figures[index].Available), Age(index), Location(index).Source);
        if (needed == 0)
            findings.Red(
                "No stock figure exists for this promotion.",
                "Have the stores and warehouses count and report.",
                "the systems that count stock"
            );
        if (missing.Count > 0)
            findings.Red(
                $"{Figures.Count(missing.Count, "stock figure")} of {Figures.Number(needed)} missing: {missing.Names(Name)}.",
                "Have these locations count and report, or remove the items from their range.",
                Sources(missing)
            );
        if (stale.Count > 0)
            findings.Amber(
                $"{Figures.Count(stale.Count, "stock figure")} of {Figures.Number(needed)} too old: {stale.Names(i => $"{Name(i)} ({Figures.Hours(Age(i))} old, limit {Figures.Hours(Location(i).MaxAge)})")}.",
                "Have these locations report a newer figure.",
                Sources(stale)
            );
        if (silent.Count > 0)
            findings.Amber(
                $"{Figures.Count(silent.Count, "stock figure")} of {Figures.Number(needed)} from a silent source: {silent.Names(Name)}; {string.Join("; ", grid.SilentSources)}.",
                "Find out whether the system that counts there still runs and posts.",
                string.Join(", ", grid.SilentSources.Select(static s => $"channel {s.Channel}"))
            );
        return findings.Verdict($"All {Figures.Count(needed, "stock figure")} are within their limits.");

        StockLocation Location(int index) => grid.Locations[index % grid.Locations.Length];
        TimeSpan Age(int index) => Figures.Age(now, grid.Figures[index].AsOf!.Value);
        string Name(int index) => $"{grid.Items[index / grid.Locations.Length]} at {Location(index).Location}";
        string Sources(Worst worst)
        {
            var sources = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var index in worst.Indexes)
                sources.Add(Location(index).Source);
            return string.Join(", ", sources);
        }
    }
}
