namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>Collects the verdicts of the guardrails.</summary>
internal sealed class PriceVerdicts
{
    private readonly List<PriceVerdict> _all = new(26);

    public IReadOnlyList<PriceVerdict> All => _all;

    /// <summary>The first that forbids; null while none does.</summary>
    public PriceVerdict? Forbids { get; private set; }

    public void Add(PriceRule rule, bool passed, string words)
    {
        var verdict = new PriceVerdict(rule, passed, words);
        _all.Add(verdict);
        if (!passed)
            Forbids ??= verdict;
    }

    /// <summary>A reason to ask a person, which forbids nothing.</summary>
    public void Asks(PriceRule rule, bool passed, string words) => _all.Add(new PriceVerdict(rule, passed, words));
}
