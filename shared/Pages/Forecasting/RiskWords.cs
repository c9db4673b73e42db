using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Forecasting;

/// <summary>Names and colours of what is at risk.</summary>
internal static class RiskWords
{
    public static string Kind(RiskKind kind) =>
        kind switch
        {
            RiskKind.SoldOut => "Sold out",
            RiskKind.RunsOut => "Runs out",
            RiskKind.Surge => "Surge",
            _ => "Drop",
        };

    public static string Many(RiskKind kind) =>
        kind switch
        {
            RiskKind.SoldOut => "sold out",
            RiskKind.RunsOut => "running out",
            RiskKind.Surge => "expected to sell far more than of late",
            _ => "far less",
        };

    public static string Style(RiskKind kind) =>
        kind switch
        {
            RiskKind.SoldOut => "down",
            RiskKind.RunsOut => "warn",
            RiskKind.Surge => "up",
            _ => "meta",
        };

    /// <summary>Money where the item has a price, else units.</summary>
    public static string Stake(ReportModel model, Risk risk) =>
        risk.Money > 0 && model.Facts[risk.Series].Currency is { } currency
            ? $"{Amounts.Compact(risk.Money)} {currency.Code}"
            : Quantities.Of((decimal)Math.Round(risk.Units, risk.Units < 9.95 ? 1 : 0), "unit");
}
