namespace Stockgate.Platform.Signatures;

/// <summary>
/// WooCommerce: HMAC-SHA256 of the raw body with the webhook's secret, base64, in X-WC-Webhook-Signature
/// (https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks).
/// </summary>
public static class WooCommerceSignature
{
    public const string SignatureHeader = "X-WC-Webhook-Signature",
        TopicHeader = "X-WC-Webhook-Topic",
        DeliveryIdHeader = "X-WC-Webhook-Delivery-ID";

    public static SignatureVerdict Verify(IReadOnlyList<byte[]> secrets, string? signature, ReadOnlySpan<byte> body) =>
        BodySignature.Verify(secrets, signature, [], body);
}
