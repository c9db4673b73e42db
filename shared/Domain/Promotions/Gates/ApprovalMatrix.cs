using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>Where the books carry a discount.</summary>
[JsonConverter(typeof(NamedEnumConverter<DiscountAccounting>))]
public enum DiscountAccounting
{
    /// <summary>Less revenue.</summary>
    RevenueReduction,

    /// <summary>Paid by the supplier: less cost of sales.</summary>
    SupplierFunded,

    /// <summary>An expense of marketing.</summary>
    MarketingExpense,
}

/// <summary>Who approves promotions up to these sizes. Null: without limit.</summary>
/// <param name="MaxAmount">The discount's whole amount, in the matrix's currency.</param>
/// <param name="MaxDepthPercent">The deepest discount on an item, 0 to 100.</param>
/// <param name="MaxMarginImpact">The margin given up, in the matrix's currency.</param>
/// <param name="Roles">Who approves, in this order; none: nobody has to.</param>
/// <param name="Accounting">Where the books carry the discount.</param>
public sealed record ApprovalRow(
    decimal? MaxAmount,
    decimal? MaxDepthPercent,
    decimal? MaxMarginImpact,
    string[] Roles,
    DiscountAccounting Accounting
);

/// <summary>Who approves what: the first row that a promotion fits into in all three sizes.</summary>
/// <param name="Currency">What its amounts are in.</param>
/// <param name="Rows">From the smallest to the largest.</param>
public sealed record ApprovalMatrix(Currency Currency, ApprovalRow[] Rows)
{
    /// <returns>Null if the promotion is larger than every row.</returns>
    /// <exception cref="InvalidOperationException">An amount is in another currency than the matrix.</exception>
    public ApprovalRow? RowFor(PromotionSize size)
    {
        if (size.Amount.Currency != Currency || size.MarginImpact.Currency != Currency)
            throw new InvalidOperationException(
                $"{size.Amount} and {size.MarginImpact} can't be compared with limits in {Currency}: convert them first."
            );
        foreach (var row in Rows)
            if (
                !(size.Amount.Amount > row.MaxAmount)
                && !(size.DepthPercent > row.MaxDepthPercent)
                && !(size.MarginImpact.Amount > row.MaxMarginImpact)
            )
                return row;
        return null;
    }
}

/// <summary>How large a promotion is.</summary>
/// <param name="Amount">The discount's whole amount.</param>
/// <param name="DepthPercent">The deepest discount on an item, 0 to 100.</param>
/// <param name="MarginImpact">The margin given up; 0 or more.</param>
public sealed record PromotionSize(Money Amount, decimal DepthPercent, Money MarginImpact);
