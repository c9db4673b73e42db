using System.Text;

namespace Stockgate.Platform.Signatures;

/// <summary>
/// Square: HMAC-SHA256 of the notification URL and the raw body with the subscription's signature key, base64, in
/// x-square-hmacsha256-signature (https://developer.squareup.com/docs/webhooks/step3validate).
/// </summary>
public static class SquareSignature
{
    public const string SignatureHeader = "x-square-hmacsha256-signature";

    /// <param name="secrets">Signature keys.</param>
    /// <param name="signature">The header's value.</param>
    /// <param name="url">The notification URL, exactly as the subscription has it: behind a proxy the request's own differs.</param>
    /// <param name="body">As it came.</param>
    public static SignatureVerdict Verify(IReadOnlyList<byte[]> secrets, string? signature, string url, ReadOnlySpan<byte> body) =>
        BodySignature.Verify(secrets, signature, Encoding.UTF8.GetBytes(url), body);
}
