namespace Stockgate.Domain.Promotions.Gates;

/// <summary>Warehouse stock set aside for the promotion, in units, each 0 or more.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Region">The region.</param>
/// <param name="Needed">What the promotion needs from the warehouse.</param>
/// <param name="Requested">What the warehouse was asked to set aside and has not refused; includes <paramref name="Allocated"/>.</param>
/// <param name="Allocated">What it did set aside.</param>
/// <param name="SaidAt">When the warehouse said so; null if it never did.</param>
/// <param name="Source">The system that said it.</param>
public readonly record struct AllocationLine(
    Sku Sku,
    RegionId Region,
    Quantity Needed,
    Quantity Requested,
    Quantity Allocated,
    DateTimeOffset? SaidAt,
    string Source
);

public sealed record AllocationInput(DateTimeOffset Now, AllocationLine[] Lines);

/// <summary>For every region the warehouse has allocated the units needed.</summary>
public static class AllocationGate
{
    public static GateVerdict Judge(AllocationInput input)
    {
        var lines = input.Lines;
        Worst missing = new(),
            open = new();
        decimal needed = 0,
            allocated = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            ref readonly var line = ref lines[i];
            if (line.Needed <= Quantity.Zero)
                continue;
            needed += line.Needed.Value;
            // Too much of one item does not make up for too little of another.
            allocated += Quantity.Min(line.Allocated, line.Needed).Value;
            if (line.Allocated >= line.Needed)
                continue;
            (line.Requested >= line.Needed ? open : missing).Add(i, (line.Needed - line.Allocated).Value);
        }
        var findings = new Judgement(GateNames.Allocation, "For every item and region the warehouse has allocated the units needed.");
        findings.See(
            "allocated to the promotion",
            $"{Figures.Number(allocated)} of {Figures.Units(new Quantity(needed))}",
            null,
            "the warehouses"
        );
        See(missing);
        See(open);
        if (missing.Count > 0)
            findings.Red(
                $"{Figures.Count(missing.Count, "allocation")} too small: {missing.Names(Describe)}.",
                "Have the warehouse allocate the missing units, or lower the need.",
                "the warehouses"
            );
        if (open.Count > 0)
            findings.Amber(
                $"{Figures.Count(open.Count, "allocation")} requested and not confirmed yet: {open.Names(Describe)}.",
                "Have the warehouse confirm these allocations.",
                "the warehouses"
            );
        return findings.Verdict(
            needed == 0 ? "No warehouse stock is needed." : $"All {Figures.Units(new Quantity(needed))} needed are allocated."
        );

        string Describe(int i) =>
            $"{lines[i].Sku} for {lines[i].Region} ({Figures.Number(lines[i].Allocated.Value)} of {Figures.Units(lines[i].Needed)})";

        void See(Worst worst)
        {
            foreach (var i in worst.Indexes)
                findings.See(
                    $"{lines[i].Sku} allocated for {lines[i].Region}",
                    Figures.Units(lines[i].Allocated),
                    lines[i].SaidAt is { } at ? Figures.Age(input.Now, at) : null,
                    lines[i].Source
                );
        }
    }
}
