using Microsoft.AspNetCore.Components;
using Stockgate.Domain;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Settlement;

public sealed partial class SettlementPage
{
    private const decimal FewInStock = 0.95m;

    [Parameter, EditorRequired]
    public SettlementReport Report { get; set; } = null!;

    public static string Of(SettlementReport report) => PageRenderer.Render<SettlementPage>(new() { [nameof(Report)] = report });

    private string Meta() =>
        $"Promotion {Report.Promotion.Value} · live {Dates.Bare(Report.Actual.Start)} to {Dates.Moment(Report.Actual.End)} · "
        + $"{(Report.Correction > 0 ? $"correction {Report.Correction} of" : "settled")} {Dates.Moment(Report.SettledAt)} · all money in {Report.Currency}";

    private List<(string Value, string Label, string? Style)> Kpis()
    {
        var whole = Report.Whole;
        var open = Report.Funding.Sum(static f => Math.Max(0, f.Open.Amount));
        var kpis = new List<(string, string, string?)>
        {
            (
                Figures.Number(whole.Units.Value),
                $"{(whole.Units.Value == 1 ? "unit" : "units")} sold, {Quantities.Planned(whole.Planned)}",
                whole.Planned > whole.Units ? "down" : "up"
            ),
            (
                whole.Uplift is { } uplift ? $"{Figures.Number(decimal.Round(uplift, 2))} ×" : Figures.None,
                whole.PlannedUplift is { } planned
                    ? $"the usual sales, {Figures.Number(decimal.Round(planned, 2))} × planned"
                    : "no usual sales to compare",
                null
            ),
            (Amounts.Payable(whole.Revenue), $"revenue, after {Amounts.Payable(whole.Discount)} discount", null),
            (
                Amounts.Payable(whole.Margin),
                whole.MarginPercent is { } percent
                    ? $"margin after funding, {Figures.Number(decimal.Round(percent, 1))} % of revenue"
                    : "margin after funding",
                whole.Margin.Amount < 0 ? "down" : "up"
            ),
        };
        if (Report.Funding.Count > 0)
            kpis.Add((Amounts.Payable(new Money(open, Report.Currency)), "open at suppliers", open > 0 ? "warn" : "up"));
        if (Report.Availability is { } share)
            kpis.Add((Shares.Reached(share), "in stock while it ran", share < FewInStock ? "warn" : "up"));
        if (Report.Customers > 0)
            kpis.Add((Figures.Number(Report.Customers), Report.Customers == 1 ? "order or ticket" : "orders and tickets", null));
        return kpis;
    }
}
