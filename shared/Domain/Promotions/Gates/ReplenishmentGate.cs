namespace Stockgate.Domain.Promotions.Gates;

/// <summary>What was ordered of what a region needs of an item, in units, each 0 or more.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Region">The region.</param>
/// <param name="Needed">What has to be ordered.</param>
/// <param name="Ordered">What was ordered.</param>
/// <param name="Confirmed">The part of <paramref name="Ordered"/> that the supplier confirmed.</param>
/// <param name="SaidAt">When the ordering system said so; null if it never did.</param>
/// <param name="Source">The system that said it.</param>
public readonly record struct ReplenishmentLine(
    Sku Sku,
    RegionId Region,
    Quantity Needed,
    Quantity Ordered,
    Quantity Confirmed,
    DateTimeOffset? SaidAt,
    string Source
);

public sealed record ReplenishmentInput(DateTimeOffset Now, ReplenishmentLine[] Lines);

/// <summary>Orders for all units needed are placed and confirmed.</summary>
public static class ReplenishmentGate
{
    public static GateVerdict Judge(ReplenishmentInput input)
    {
        var lines = input.Lines;
        Worst missing = new(),
            open = new();
        decimal needed = 0,
            confirmed = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            ref readonly var line = ref lines[i];
            if (line.Needed <= Quantity.Zero)
                continue;
            needed += line.Needed.Value;
            confirmed += Quantity.Min(line.Confirmed, line.Needed).Value;
            if (line.Confirmed >= line.Needed)
                continue;
            if (line.Ordered >= line.Needed)
                open.Add(i, (line.Needed - line.Confirmed).Value);
            else
                missing.Add(i, (line.Needed - line.Ordered).Value);
        }
        var findings = new Judgement(GateNames.Replenishment, "For every item and region the confirmed orders cover the units needed.");
        findings.See(
            "confirmed orders",
            $"{Figures.Number(confirmed)} of {Figures.Units(new Quantity(needed))} needed",
            null,
            "purchase orders"
        );
        See(missing);
        See(open);
        if (missing.Count > 0)
            findings.Red(
                $"{Figures.Count(missing.Count, "order")} missing or too small: {missing.Names(i => $"{lines[i].Sku} for {lines[i].Region} ({Figures.Number(lines[i].Ordered.Value)} of {Figures.Units(lines[i].Needed)} ordered)")}.",
                "Order the missing units.",
                "supply planning"
            );
        if (open.Count > 0)
            findings.Amber(
                $"{Figures.Count(open.Count, "order")} placed and not confirmed: {open.Names(i => $"{lines[i].Sku} for {lines[i].Region} ({Figures.Number(lines[i].Confirmed.Value)} of {Figures.Units(lines[i].Needed)} confirmed)")}.",
                "Have the suppliers confirm these orders.",
                "the suppliers"
            );
        return findings.Verdict(
            needed == 0 ? "No replenishment is needed." : $"Orders for all {Figures.Units(new Quantity(needed))} needed are confirmed."
        );

        void See(Worst worst)
        {
            foreach (var i in worst.Indexes)
                findings.See(
                    $"order of {lines[i].Sku} for {lines[i].Region}",
                    $"{Figures.Units(lines[i].Ordered)} ordered, {Figures.Units(lines[i].Confirmed)} confirmed",
                    lines[i].SaidAt is { } at ? Figures.Age(input.Now, at) : null,
                    lines[i].Source
                );
        }
    }
}
