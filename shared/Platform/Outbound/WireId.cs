using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Platform.Outbound;

/// <summary>A message's id as a header can hold it: printable ASCII, short enough for every receiver, the same each time.</summary>
internal static class WireId
{
    private const int Most = 200;

    public static string Of(string messageId)
    {
        ArgumentException.ThrowIfNullOrEmpty(messageId);
        var escaped = messageId.All(static c => c is > ' ' and < (char)127 and not '%') ? messageId : Uri.EscapeDataString(messageId);
        return escaped.Length <= Most
            ? escaped
            : $"{escaped[..(Most - 33)]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16))}";
    }
}
