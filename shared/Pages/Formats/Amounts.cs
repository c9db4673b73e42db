using Stockgate.Domain;

namespace Stockgate.Pages.Formats;

/// <summary>Money, with the decimals of its currency.</summary>
public static class Amounts
{
    /// <summary>With its currency, and the decimals that it has beyond those of its currency: a price by weight keeps them.</summary>
    public static string Of(Money money) => $"{Of(money.Amount, money.Currency)} {money.Currency.Code}";

    /// <summary>Without its currency, where the page or the column's head names it.</summary>
    public static string Of(decimal amount, Currency currency) =>
        Figures.Write(amount, Pattern(currency.MinorUnits) + Beyond(currency.MinorUnits));

    /// <summary>Rounded to what can be paid, without its currency.</summary>
    public static string Payable(Money money) =>
        Figures.Write(
            decimal.Round(money.Amount, money.Currency.MinorUnits, MidpointRounding.AwayFromZero),
            Pattern(money.Currency.MinorUnits)
        );

    /// <summary>Short, where there is little room: 12.3 k, 4.5 m, 1.2 bn.</summary>
    public static string Compact(decimal value) =>
        Math.Abs(value) switch
        {
            >= 1_000_000_000 => Figures.Write(value / 1_000_000_000, "#,##0.##") + " bn",
            >= 1_000_000 => Figures.Write(value / 1_000_000, "0.##") + " m",
            >= 10_000 => Figures.Write(value / 1_000, "0.#") + " k",
            >= 1_000 => Figures.Write(value, "#,##0"),
            _ => Figures.Write(value, "#,##0.##"),
        };

    public static string Compact(double value) => double.IsFinite(value) && Math.Abs(value) < 1e27 ? Compact((decimal)value) : Figures.None;

    private static string Pattern(int minor) => minor == 0 ? "#,##0" : "#,##0." + new string('0', minor);

    private static string Beyond(int minor) => minor == 0 ? ".####" : "####";
}
