using System.Globalization;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>Figures as verdicts show them: invariant culture, thousands separated by commas, with their unit.</summary>
internal static class Figures
{
    public static string Number(decimal value) => value.ToString("#,##0.###", CultureInfo.InvariantCulture);

    public static string Units(Quantity quantity) => Count(quantity.Value, "unit");

    public static string Count(decimal value, string thing) => $"{Number(value)} {thing}{(value == 1 ? "" : "s")}";

    // Rounded down: 99.96 % that is short of 100 % must not read as 100 %.
    public static string Percent(decimal value) => (Math.Floor(value * 10) / 10).ToString("#,##0.#", CultureInfo.InvariantCulture) + " %";

    public static string Amount(Money money) => $"{money.Amount.ToString("#,##0.00##", CultureInfo.InvariantCulture)} {money.Currency}";

    /// <summary>Hours with one decimal, rounded down; minutes where it is less than one hour.</summary>
    public static string Hours(TimeSpan span) =>
        span < TimeSpan.Zero ? "-" + Hours(span.Negate())
        : span < TimeSpan.FromHours(1) ? Math.Floor(span.TotalMinutes).ToString("0", CultureInfo.InvariantCulture) + " min"
        : (Math.Floor(span.TotalHours * 10) / 10).ToString("#,##0.#", CultureInfo.InvariantCulture) + " h";

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How old what was said at a moment is; a sender's clock that runs ahead makes it new, not negative.</summary>
    public static TimeSpan Age(DateTimeOffset now, DateTimeOffset at) => at >= now ? TimeSpan.Zero : now - at;

    /// <summary>Names, at most <see cref="Worst.Shown"/> of them, and how many more there are.</summary>
    public static string Names<T>(IReadOnlyList<T> all)
    {
        var shown = string.Join(", ", all.Take(Worst.Shown));
        return all.Count > Worst.Shown ? $"{shown} and {Number(all.Count - Worst.Shown)} more" : shown;
    }
}
