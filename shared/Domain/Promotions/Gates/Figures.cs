using System.Globalization;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>Formats the figures of verdicts: invariant culture, commas between thousands, with their unit.</summary>
internal static class Figures
{
    public static string Number(decimal value) => value.ToString("#,##0.###", CultureInfo.InvariantCulture);

    public static string Units(Quantity quantity) => Count(quantity.Value, "unit");

    public static string Count(decimal value, string thing) => $"{Number(value)} {thing}{(value == 1 ? "" : "s")}";

    // Rounded down, so that 99.96 % does not read as 100 %.
    public static string Percent(decimal value) => (Math.Floor(value * 10) / 10).ToString("#,##0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>An amount with exactly its currency's minor units, and the currency's code.</summary>
    public static string Amount(Money money) =>
        $"{money.Amount.ToString("N" + money.Currency.MinorUnits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)} {money.Currency}";

    /// <summary>An amount with all its decimals, for two amounts that may differ by less than a minor unit.</summary>
    public static string Exact(Money money) =>
        money.Payable ? Amount(money) : $"{money.Amount.ToString("#,##0.00##", CultureInfo.InvariantCulture)} {money.Currency}";

    /// <summary>Hours with one decimal, rounded down; minutes below one hour.</summary>
    public static string Hours(TimeSpan span) =>
        span < TimeSpan.Zero ? "-" + Hours(span.Negate())
        : span < TimeSpan.FromHours(1) ? Math.Floor(span.TotalMinutes).ToString("0", CultureInfo.InvariantCulture) + " min"
        : (Math.Floor(span.TotalHours * 10) / 10).ToString("#,##0.#", CultureInfo.InvariantCulture) + " h";

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The age of a message; 0 if the sender's clock is ahead.</summary>
    public static TimeSpan Age(DateTimeOffset now, DateTimeOffset at) => at >= now ? TimeSpan.Zero : now - at;

    /// <summary>Names, at most <see cref="Worst.Shown"/> of them, and how many more there are.</summary>
    public static string Names<T>(IReadOnlyList<T> all)
    {
        var shown = string.Join(", ", all.Take(Worst.Shown));
        return all.Count > Worst.Shown ? $"{shown} and {Number(all.Count - Worst.Shown)} more" : shown;
    }
}
