namespace Stockgate.Domain.Operations;

/// <summary>A subject's decision records and how many there have to be.</summary>
/// <param name="Records">Oldest first.</param>
/// <param name="Head">The number of the last one, as it was written down apart from the records.</param>
public sealed record DecisionChain(IReadOnlyList<DecisionRecord> Records, int Head)
{
    /// <summary>The number of the first record that is changed or missing; null if the chain is whole to its end.</summary>
    public int? FirstBreak => DecisionRecord.FirstBreak(Records) ?? (Records.Count < Head ? Records.Count + 1 : null);
}
