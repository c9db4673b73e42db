using System.Globalization;

namespace Stockgate.Domain;

/// <summary>A number with its noun in the right form: 1 unit, 2 units.</summary>
public static class Plural
{
    public static string Of(decimal number, string one) => Of(number, one, one + "s");

    /// <param name="number">Shown with at most three decimals.</param>
    /// <param name="one">The words after the number 1.</param>
    /// <param name="many">The words after any other number.</param>
    public static string Of(decimal number, string one, string many) =>
        $"{number.ToString("0.###", CultureInfo.InvariantCulture)} {(number == 1 ? one : many)}";
}
