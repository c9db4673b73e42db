namespace Stockgate.Domain.Promotions;

/// <summary>What one agreement pays.</summary>
/// <param name="Supplier">Who pays.</param>
/// <param name="Reference">The agreement's number at the supplier.</param>
/// <param name="Units">Units claimed under it.</param>
/// <param name="Amount">Money claimed under it.</param>
public sealed record FundingShare(SupplierId Supplier, string Reference, Quantity Units, Money Amount);

/// <summary>Splits units sold over the agreements that fund them.</summary>
public static class Funding
{
    /// <summary>
    /// Claims each unit once: under the agreement that pays most for it, and where that one's cap is reached, under the next. Two
    /// suppliers are never billed for one unit, which is what their auditors look for; what no agreement is left for, the retailer bears.
    /// </summary>
    /// <returns>One share per agreement, also of nothing; in the order the agreements were given.</returns>
    public static IReadOnlyList<FundingShare> Allocate(IReadOnlyList<FundingAgreement> agreements, Quantity units)
    {
        var left = Quantity.Max(Quantity.Zero, units);
        var shares = new FundingShare[agreements.Count];
        // The names break ties, so that two runs bill the same supplier.
        foreach (
            var (i, agreement) in agreements
                .Index()
                .OrderByDescending(static a => a.Item.PerUnit.Amount)
                .ThenBy(static a => a.Item.Supplier.Value, StringComparer.Ordinal)
                .ThenBy(static a => a.Item.Reference, StringComparer.Ordinal)
        )
        {
            var claimed = agreement.PaidUnits(left);
            shares[i] = new FundingShare(agreement.Supplier, agreement.Reference, claimed, agreement.Recoverable(claimed));
            left -= claimed;
        }
        return shares;
    }

    /// <summary>Money from all agreements together.</summary>
    /// <exception cref="InvalidOperationException">An agreement is in another currency.</exception>
    public static Money Total(IReadOnlyList<FundingAgreement> agreements, Quantity units, Currency currency) =>
        Allocate(agreements, units).Aggregate(Money.Zero(currency), static (sum, share) => sum + share.Amount);
}
