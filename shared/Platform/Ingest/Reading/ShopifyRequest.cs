using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest.Reading;

/// <summary>A request of Shopify's: its topic and the identity of its event stand in headers.</summary>
internal static class ShopifyRequest
{
    /// <summary>The Shopify headers of the request.</summary>
    public static DeliveryHeaders HeadersOf(IHeaderDictionary headers) =>
        DeliveryHeaders.Of(
            headers[ShopifySignature.EventIdHeader],
            headers[ShopifySignature.WebhookIdHeader],
            headers[ShopifySignature.TriggeredAtHeader]
        );
}
