using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Promotions.Settlement;

/// <summary>Describes a settlement in sentences.</summary>
internal static class SettlementSummary
{
    public static IReadOnlyList<string> Of(SettlementReport report, SettlementInput input)
    {
        var (whole, sentences) = (report.Whole, new List<string>());
        sentences.Add(
            $"{Figures.Units(whole.Units)} were sold"
                + (
                    whole.Planned.Value is > 0 and < 1 ? "; it ran too briefly to compare that with its plan"
                    : whole.Planned.Value > 0
                        ? $", {Percent(whole.Units.Value / whole.Planned.Value)} of the {Figures.Units(whole.Planned)} planned"
                    : ""
                )
                + (
                    whole.Uplift is { } uplift
                        ? $" and {Figures.Number(decimal.Round(uplift, 2))} times the sales expected without the promotion"
                        : ""
                )
                + "."
        );
        sentences.Add(
            $"Customers paid {Amount(whole.Revenue)} after a discount of {Amount(whole.Discount)}; "
                + (
                    whole.Margin.Amount < 0
                        ? $"after {Amount(whole.Funding)} from suppliers it lost {Amount(whole.Margin * -1)}."
                        : $"after {Amount(whole.Funding)} from suppliers it kept {Amount(whole.Margin)}{(whole.MarginPercent is { } percent ? $" ({Percent(percent / 100)} of revenue)" : "")}."
                )
        );
        if (whole.Uncosted.Amount != 0)
            sentences.Add($"{Amount(whole.Uncosted)} of the revenue is from items without a known cost and is excluded from the margin.");
        if (report.Funding.Count > 0)
            sentences.Add(FundingIn(report));
        if (input.Paid.Any(p => p.Amount.Currency != report.Currency))
            sentences.Add($"A supplier paid in another currency than {report.Currency}; that payment is not counted as recovered.");
        if (report.Cannibalisation.Aggregate(Quantity.Zero, static (sum, c) => sum + c.Lost) is { Value: > 0 } lost)
            sentences.Add($"Other items of the same categories sold {Figures.Units(new(decimal.Round(lost.Value, 1)))} fewer than usual.");
        if (report.Availability is { } there)
            sentences.Add($"Items were in stock in {Figures.Percent(there * 100)} of the stock checks.");
        if (report.Exceptions.Count > 0)
            sentences.Add(
                $"{Figures.Count(report.Exceptions.Count, "exception")} opened; still open: {Figures.Number(report.Exceptions.Count(static e => e.ResolvedAt is null))}."
            );
        return sentences;
    }

    private static string FundingIn(SettlementReport report)
    {
        var none = Money.Zero(report.Currency);
        var (claimed, recovered) = (
            report.Funding.Aggregate(none, static (sum, f) => sum + f.Claimed),
            report.Funding.Aggregate(none, static (sum, f) => sum + f.Recovered)
        );
        var open = report.Funding.Where(static f => f.Open.Amount > 0).Aggregate(none, static (sum, f) => sum + f.Open);
        return $"Suppliers were billed {Amount(claimed)} and have paid {Amount(recovered)}; {Amount(open)} {(open.Amount == 0 ? "is open: all claims are settled" : "is still open")}.";
    }

    private static string Amount(Money money) =>
        Figures.Amount(money with { Amount = decimal.Round(money.Amount, money.Currency.MinorUnits, MidpointRounding.AwayFromZero) });

    private static string Percent(decimal share) => $"{Figures.Number(decimal.Round(share * 100, 1))} %";
}
