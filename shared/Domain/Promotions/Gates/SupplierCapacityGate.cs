namespace Stockgate.Domain.Promotions.Gates;

/// <summary>What a supplier has to deliver for the promotion.</summary>
/// <param name="Supplier">The supplier.</param>
/// <param name="Sku">The item.</param>
/// <param name="Needed">Units still to be ordered or delivered; 0 or more.</param>
/// <param name="Capacity">Units the supplier confirmed it can deliver by then; null if it did not.</param>
/// <param name="LeadTime">From the order to the warehouse's door; 0 or more.</param>
/// <param name="NeededBy">The last moment at which a delivery is of use.</param>
/// <param name="OrderedAt">When it was ordered; null if it was not yet. The lead time runs from then.</param>
/// <param name="ConfirmedAt">When the supplier said so.</param>
/// <param name="Source">Where the supplier said so.</param>
public readonly record struct CapacityTerm(
    SupplierId Supplier,
    Sku Sku,
    Quantity Needed,
    Quantity? Capacity,
    TimeSpan LeadTime,
    DateTimeOffset NeededBy,
    DateTimeOffset? OrderedAt,
    DateTimeOffset? ConfirmedAt,
    string Source
);

public sealed record SupplierCapacityInput(DateTimeOffset Now, CapacityTerm[] Terms);

/// <summary>Suppliers can deliver the units needed in time.</summary>
public static class SupplierCapacityGate
{
    public static GateVerdict Judge(SupplierCapacityInput input)
    {
        var terms = input.Terms;
        Worst late = new(),
            little = new(),
            open = new();
        var needed = 0m;
        for (var i = 0; i < terms.Length; i++)
        {
            ref readonly var term = ref terms[i];
            if (term.Needed <= Quantity.Zero)
                continue;
            needed += term.Needed.Value;
            if (Arrives(term, input.Now) > term.NeededBy)
                late.Add(i, term.Needed.Value);
            if (term.Capacity is not { } capacity || term.ConfirmedAt is null)
                open.Add(i, term.Needed.Value);
            else if (capacity < term.Needed)
                little.Add(i, (term.Needed - capacity).Value);
        }
        var findings = new Judgement(
            GateNames.SupplierCapacity,
            "Each supplier confirmed a capacity of at least the units needed, and its lead time ends before the goods are needed."
        );
        findings.See("needed from suppliers", Figures.Units(new Quantity(needed)), null, "supply planning");
        foreach (var i in little.Indexes)
            findings.See(
                $"capacity of {terms[i].Supplier} for {terms[i].Sku}",
                Figures.Units(terms[i].Capacity!.Value),
                Figures.Age(input.Now, terms[i].ConfirmedAt!.Value),
                terms[i].Source
            );
        foreach (var i in late.Indexes)
            findings.See(
                $"lead time of {terms[i].Supplier} for {terms[i].Sku}",
                Figures.Hours(terms[i].LeadTime),
                terms[i].ConfirmedAt is { } at ? Figures.Age(input.Now, at) : null,
                terms[i].Source
            );
        if (little.Count > 0)
            findings.Red(
                $"{Figures.Count(little.Count, "item")} beyond the supplier's capacity: {little.Names(i => $"{terms[i].Sku} from {terms[i].Supplier} ({Figures.Number(terms[i].Capacity!.Value.Value)} of {Figures.Units(terms[i].Needed)})")}.",
                "Find another supplier for the rest, or expect fewer units.",
                "supply planning"
            );
        if (late.Count > 0)
            findings.Red(
                $"{Figures.Count(late.Count, "item")} would arrive too late: {late.Names(i => $"{terms[i].Sku} from {terms[i].Supplier} on {Figures.Moment(Arrives(terms[i], input.Now))}, needed by {Figures.Moment(terms[i].NeededBy)}")}.",
                "Start later, have the supplier deliver faster, or remove the items.",
                "supply planning"
            );
        if (open.Count > 0)
            findings.Amber(
                $"{Figures.Count(open.Count, "item")} without a confirmed capacity: {open.Names(i => $"{terms[i].Sku} from {terms[i].Supplier} ({Figures.Units(terms[i].Needed)})")}.",
                "Have the suppliers confirm their capacity.",
                "the suppliers"
            );
        return findings.Verdict(
            needed == 0
                ? "No further units are needed from suppliers."
                : $"Suppliers confirmed the {Figures.Units(new Quantity(needed))} that are needed, in time."
        );
    }

    private static DateTimeOffset Arrives(in CapacityTerm term, DateTimeOffset now) => (term.OrderedAt ?? now) + term.LeadTime;
}
