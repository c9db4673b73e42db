using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>
/// The number of an action, which tells its order: what a channel answers, and a refund that it reports under this number, is about that
/// order whatever number the order shares with others. Short enough to be read out on the telephone.
/// </summary>
public static class ActionNumber
{
    private const string Prefix = "act-";

    private const int OrderBytes = 3,
        KeyBytes = 5;

    /// <param name="order">The order.</param>
    /// <param name="key">What tells the action among those of its order.</param>
    public static ActionId Of(OrderId order, string key) =>
        new($"{Prefix}{Hex(order.Value, OrderBytes)}{Hex($"{order}\n{key}", KeyBytes)}");

    /// <summary>True if the number is one of this order's actions; of another order once in sixteen million.</summary>
    public static bool IsOf(string number, OrderId order) =>
        number.Length == Prefix.Length + 2 * (OrderBytes + KeyBytes)
        && number.StartsWith(Prefix + Hex(order.Value, OrderBytes), StringComparison.Ordinal);

    private static string Hex(string text, int bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
