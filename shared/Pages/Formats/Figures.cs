using System.Globalization;

namespace Stockgate.Pages.Formats;

/// <summary>Plain figures, the same on every machine: thousands by a comma, the minus a minus and no hyphen.</summary>
public static class Figures
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    public static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Exactly, up to four decimals.</summary>
    public static string Number(decimal value) => Write(value, "#,##0.####");

    /// <summary>About: as many decimals as the size deserves, for what was estimated.</summary>
    public static string About(double value) =>
        !double.IsFinite(value)
            ? None
            : Signed(
                value.ToString(
                    Math.Abs(value) < 9.995 ? "0.##"
                        : Math.Abs(value) < 999.95 ? "0.#"
                        : "#,##0",
                    Culture
                )
            );

    /// <summary>About, with a plus before what is above nothing.</summary>
    public static string Change(double value) => (value > 0 ? "+" : "") + About(value);

    internal static string Write(decimal value, string pattern) => Signed(value.ToString(pattern, Culture));

    // No figure is less than nothing by nothing.
    internal static string Signed(string figure) =>
        figure is not ['-', ..] ? figure
        : figure.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? figure[1..]
        : "−" + figure[1..];
}
