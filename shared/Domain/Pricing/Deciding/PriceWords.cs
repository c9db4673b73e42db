using System.Globalization;

namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>Formats figures for people, culture-invariant.</summary>
internal static class PriceWords
{
    public static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>An amount with its currency's minor units, and further decimals where it has them.</summary>
    // Every decision formats a dozen amounts; the pattern with optional decimals is five times slower.
    public static string Amount(decimal amount, Currency currency) =>
        currency.MinorUnits is var minor && decimal.Round(amount, minor) == amount
            ? amount.ToString(
                minor switch
                {
                    0 => "F0",
                    3 => "F3",
                    _ => "F2",
                },
                Culture
            )
            : amount.ToString(
                minor switch
                {
                    0 => "0.####",
                    3 => "0.000#",
                    _ => "0.00##",
                },
                Culture
            );

    /// <summary>A lower bound, rounded up to the currency's minor units: no payable price is lost.</summary>
    public static string AtLeast(decimal bound, Currency currency) =>
        Amount(decimal.Round(bound, currency.MinorUnits, MidpointRounding.ToPositiveInfinity), currency);

    /// <summary>An upper bound, rounded down to the currency's minor units.</summary>
    public static string AtMost(decimal bound, Currency currency) =>
        Amount(decimal.Round(bound, currency.MinorUnits, MidpointRounding.ToNegativeInfinity), currency);

    public static string Amount(Money money) => $"{Amount(money.Amount, money.Currency)} {money.Currency.Code}";

    /// <summary>A change in percent, with its sign.</summary>
    public static string Change(double share) => (share * 100).ToString("+0.0;-0.0;0.0", Culture) + " %";

    public static string Share(decimal share) => (share * 100).ToString("0.##", Culture) + " %";

    public static string Number(double value) =>
        value.ToString(
            Math.Abs(value) < 10 ? "0.##"
                : Math.Abs(value) < 1000 ? "0.#"
                : "0",
            Culture
        );

    public static string Units(double value) => $"{Number(value)} {(value == 1 ? "unit" : "units")}";

    public static string Age(TimeSpan age) =>
        age.TotalHours < 1 ? age.TotalMinutes.ToString("0", Culture) + " min"
        : age.TotalHours < 48 ? age.TotalHours.ToString("0.0", Culture) + " h"
        : age.TotalDays.ToString("0.0", Culture) + " d";

    public static string Limit(TimeSpan limit) =>
        limit.TotalHours < 1 ? limit.TotalMinutes.ToString("0.#", Culture) + " min"
        : limit.TotalHours <= 48 ? limit.TotalHours.ToString("0.#", Culture) + " h"
        : limit.TotalDays.ToString("0.#", Culture) + " d";

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", Culture);
}
