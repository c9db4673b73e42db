using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stockgate.Platform.Signatures;

/// <summary>
/// Adobe I/O Events: two RSA-SHA256 signatures of the raw body, base64, in x-adobe-digital-signature-1 and -2; one that is right is enough
/// (https://developer.adobe.com/events/docs/guides/sdk/sdk_signature_verification/). The public keys are configured and not fetched from
/// the address that the request names. All customers of Adobe share these keys, so the event must also name our client as its recipient.
/// </summary>
public static class AdobeEventsSignature
{
    public const string FirstHeader = "x-adobe-digital-signature-1",
        SecondHeader = "x-adobe-digital-signature-2";

    // Events are CloudEvents too, whose attributes have no underscores.
    private static readonly string[] Recipients = ["recipient_client_id", "recipientclientid"];

    /// <param name="keys">Public keys, as <see cref="RsaSignature.ParseKey"/> reads them.</param>
    /// <param name="clientId">Ours, at Adobe.</param>
    /// <param name="first">Value of the first header.</param>
    /// <param name="second">Value of the second one.</param>
    /// <param name="body">As it came.</param>
    public static SignatureVerdict Verify(
        IReadOnlyList<byte[]> keys,
        string clientId,
        string? first,
        string? second,
        ReadOnlyMemory<byte> body
    )
    {
        if (string.IsNullOrEmpty(first) && string.IsNullOrEmpty(second))
            return SignatureVerdict.Missing;
        var signed = RsaSignature.IsOf(keys, first, body.Span) | RsaSignature.IsOf(keys, second, body.Span);
        return signed && IsFor(clientId, body) ? SignatureVerdict.Valid : SignatureVerdict.Wrong;
    }

    private static bool IsFor(string clientId, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var events =
                document.RootElement.ValueKind == JsonValueKind.Array
                    ? [.. document.RootElement.EnumerateArray()]
                    : new[] { document.RootElement };
            return events.Length > 0 && Array.TrueForAll(events, one => IsFor(clientId, one));
        }
        // The second is thrown for a text that is not Unicode.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsFor(string clientId, JsonElement one) =>
        one.ValueKind == JsonValueKind.Object
        && Array.Exists(
            Recipients,
            name =>
                one.TryGetProperty(name, out var said)
                && said.ValueKind == JsonValueKind.String
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said.GetString()!), Encoding.UTF8.GetBytes(clientId))
        );
}
