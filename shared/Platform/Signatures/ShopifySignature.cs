namespace Stockgate.Platform.Signatures;

/// <summary>
/// Shopify: HMAC-SHA256 of the raw body with the app's secret, base64, in X-Shopify-Hmac-Sha256
/// (https://shopify.dev/docs/apps/build/webhooks/subscribe/https).
/// </summary>
public static class ShopifySignature
{
    public const string SignatureHeader = "X-Shopify-Hmac-Sha256",
        TopicHeader = "X-Shopify-Topic",
        EventIdHeader = "X-Shopify-Event-Id",
        WebhookIdHeader = "X-Shopify-Webhook-Id",
        TriggeredAtHeader = "X-Shopify-Triggered-At";

    public static SignatureVerdict Verify(IReadOnlyList<byte[]> secrets, string? signature, ReadOnlySpan<byte> body) =>
        BodySignature.Verify(secrets, signature, [], body);
}
