namespace Stockgate.Domain.Promotions.Gates;

/// <summary>What a supplier pays for an item's promotion.</summary>
/// <param name="Supplier">The supplier.</param>
/// <param name="Sku">The item.</param>
/// <param name="Expected">Units expected to sell, 0 or more.</param>
/// <param name="PerUnit">What the supplier pays per unit sold.</param>
/// <param name="ConfirmedAt">When the supplier confirmed; null if it did not.</param>
/// <param name="ConfirmedUnits">The units it pays for; null if it confirmed an amount instead.</param>
/// <param name="Cap">The most it pays for this item; null if only units are limited.</param>
/// <param name="Source">The contract or message that says so.</param>
public readonly record struct FundingTerm(
    SupplierId Supplier,
    Sku Sku,
    Quantity Expected,
    Money PerUnit,
    DateTimeOffset? ConfirmedAt,
    Quantity? ConfirmedUnits,
    Money? Cap,
    string Source
);

/// <param name="Now">The moment to judge by.</param>
/// <param name="Start">The first moment of the promotion.</param>
/// <param name="Terms">One per supplier and item that is funded.</param>
/// <param name="RedBefore">How long before the start what is unconfirmed turns from amber to red.</param>
public sealed record FundingInput(DateTimeOffset Now, DateTimeOffset Start, FundingTerm[] Terms, TimeSpan RedBefore);

/// <summary>Suppliers have confirmed their funding for the expected sales.</summary>
public static class FundingGate
{
    public static GateVerdict Judge(FundingInput input)
    {
        var terms = input.Terms;
        Worst open = new(),
            little = new();
        DateTimeOffset? oldest = null;
        for (var i = 0; i < terms.Length; i++)
        {
            ref readonly var term = ref terms[i];
            var owed = term.PerUnit.Amount * term.Expected.Value;
            if (term.ConfirmedAt is not { } at)
                open.Add(i, owed);
            else
            {
                if (!Covers(term))
                    little.Add(i, owed);
                if (oldest is null || at < oldest)
                    oldest = at;
            }
        }
        var findings = new Judgement(
            GateNames.Funding,
            $"Each supplier confirmed units or an amount for all expected sales; unconfirmed funding is red from {Figures.Hours(input.RedBefore)} before the start."
        );
        findings.See(
            "funding terms confirmed",
            $"{Figures.Number(terms.Length - open.Count)} of {Figures.Number(terms.Length)}",
            oldest is { } o ? Figures.Age(input.Now, o) : null,
            "the suppliers"
        );
        foreach (var i in little.Indexes)
            findings.See(
                $"funding of {terms[i].Sku} by {terms[i].Supplier}",
                Confirmed(terms[i]),
                Figures.Age(input.Now, terms[i].ConfirmedAt!.Value),
                terms[i].Source
            );
        if (little.Count > 0)
            findings.Red(
                $"{Figures.Count(little.Count, "item")} not funded in full: {little.Names(i => $"{terms[i].Sku} by {terms[i].Supplier} ({Confirmed(terms[i])} of {Figures.Units(terms[i].Expected)} at {Figures.Amount(terms[i].PerUnit)})")}.",
                "Have the suppliers confirm the expected units, or expect fewer.",
                "the suppliers"
            );
        if (open.Count > 0)
        {
            var left = input.Start - input.Now;
            var reason =
                $"{Figures.Count(open.Count, "item")} with unconfirmed funding: {open.Names(i => $"{terms[i].Sku} by {terms[i].Supplier} ({Figures.Units(terms[i].Expected)} at {Figures.Amount(terms[i].PerUnit)})")}";
            if (left <= input.RedBefore)
                findings.Red(
                    $"{reason}; {(left > TimeSpan.Zero ? $"{Figures.Hours(left)} are left before the start" : "the start has passed")}.",
                    "Have the suppliers confirm, or remove the items.",
                    "the suppliers"
                );
            else
                findings.Amber(
                    $"{reason}.",
                    $"Have the suppliers confirm by {Figures.Moment(input.Start - input.RedBefore)}.",
                    "the suppliers"
                );
        }
        return findings.Verdict(
            terms.Length == 0
                ? "No item of the promotion is funded by a supplier."
                : $"All {Figures.Count(terms.Length, "funding term")} confirmed for all expected sales."
        );
    }

    private static bool Covers(in FundingTerm term)
    {
        var units = term.ConfirmedUnits is { } confirmed && confirmed >= term.Expected;
        var cap =
            term.Cap is { } most && most.Currency == term.PerUnit.Currency && most.Amount >= term.PerUnit.Amount * term.Expected.Value;
        return units || cap;
    }

    private static string Confirmed(in FundingTerm term) =>
        (term.ConfirmedUnits, term.Cap) switch
        {
            ({ } units, { } cap) => $"{Figures.Units(units)} or {Figures.Amount(cap)} confirmed",
            ({ } units, null) => $"{Figures.Units(units)} confirmed",
            (null, { } cap) => $"{Figures.Amount(cap)} confirmed",
            _ => "nothing confirmed",
        };
}
