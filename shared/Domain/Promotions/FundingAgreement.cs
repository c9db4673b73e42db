namespace Stockgate.Domain.Promotions;

/// <summary>A supplier's written word to pay part of the discount: scan-back funding, so much for each unit that is sold.</summary>
public sealed record FundingAgreement
{
    public required SupplierId Supplier { get; init; }

    /// <summary>The agreement's number at the supplier: what the claim is sent with.</summary>
    public required string Reference { get; init; }

    /// <summary>Above 0; may have more decimals than the currency has coins, for it is claimed in sum.</summary>
    public required Money PerUnit { get; init; }

    /// <summary>Units that are paid for at most, above 0; null for as many as are sold.</summary>
    public Quantity? CapUnits { get; init; }

    /// <summary>Money that is paid at most, above 0; null for no such bound.</summary>
    public Money? CapMoney { get; init; }

    /// <summary>
    /// Money that can be claimed for the units sold, within both caps. Never below zero: returns beyond sales owe the supplier nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The cap's currency is not that of <see cref="PerUnit"/>.</exception>
    public Money Recoverable(Quantity units)
    {
        var claimed = PerUnit * Quantity.Max(Quantity.Zero, CapUnits is { } cap ? Quantity.Min(units, cap) : units);
        return CapMoney is { } most && (claimed - most).Amount > 0 ? most : claimed;
    }

    /// <summary>Units that still bring something in; the last of them may be paid in part, where the money cap falls within it.</summary>
    internal Quantity PaidUnits(Quantity units)
    {
        var paid = CapUnits is { } cap ? Quantity.Min(units, cap) : units;
        return CapMoney is { } most ? Quantity.Min(paid, new Quantity(decimal.Ceiling(most.Amount / PerUnit.Amount))) : paid;
    }
}
