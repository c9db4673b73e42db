using Stockgate.Domain;

namespace Stockgate.Pages.Formats;

/// <summary>Things that are counted, with the right plural.</summary>
public static class Quantities
{
    /// <summary>Units of an estimate: one decimal below ten, none above.</summary>
    public static string Units(double value) =>
        double.IsFinite(value) ? Figures.Signed(value.ToString(Math.Abs(value) < 9.95 ? "0.#" : "#,##0", Figures.Culture)) : Figures.None;

    /// <summary>3 items, 1 item: its plural ends with an s.</summary>
    public static string Of(decimal count, string thing) => Of(count, thing, thing + "s");

    /// <summary>1 item needs, 2 items need.</summary>
    public static string Of(decimal count, string one, string many) => $"{Figures.Number(count)} {(count == 1 ? one : many)}";

    /// <summary>Of a plan, where a share of a unit is no figure that anybody planned.</summary>
    public static string Planned(Quantity planned) =>
        planned.Value switch
        {
            <= 0 => "none planned",
            < 1 => "less than 1 planned",
            var units => $"{Figures.Number(decimal.Round(units, 1))} planned",
        };

    /// <summary>12 of 40; 12, none planned, where there is nothing to hold it against.</summary>
    public static string Against(Quantity got, Quantity planned) =>
        planned.Value < 1
            ? $"{Amounts.Compact(got.Value)}, {Planned(planned)}"
            : $"{Amounts.Compact(got.Value)} of {Amounts.Compact(planned.Value)}";
}
