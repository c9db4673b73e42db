using System.Text;

namespace Stockgate.Platform.Signatures;

/// <summary>
/// Adobe Commerce webhooks: an RSA-SHA256 signature of the base64 of the body, base64, in x-adobe-commerce-webhook-signature; checked with
/// the public key of the shop's webhook settings (https://developer.adobe.com/commerce/extensibility/webhooks/signature-verification).
/// The page calls it an HMAC; its example checks a signature with a public key.
/// </summary>
public static class AdobeCommerceSignature
{
    public const string SignatureHeader = "x-adobe-commerce-webhook-signature";

    /// <param name="keys">Public keys, as <see cref="RsaSignature.ParseKey"/> reads them.</param>
    /// <param name="signature">The header's value.</param>
    /// <param name="body">As it came.</param>
    public static SignatureVerdict Verify(IReadOnlyList<byte[]> keys, string? signature, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(signature))
            return SignatureVerdict.Missing;
        var signed = Encoding.ASCII.GetBytes(Convert.ToBase64String(body));
        return RsaSignature.IsOf(keys, signature, signed) ? SignatureVerdict.Valid : SignatureVerdict.Wrong;
    }
}
