using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest.Signing;

/// <summary>Verifies a request by its channel's scheme.</summary>
internal static class ChannelSignature
{
    /// <param name="channel">Whose request it claims to be.</param>
    /// <param name="request">Its headers and its client are looked at.</param>
    /// <param name="body">The raw bytes.</param>
    /// <param name="now">Our clock.</param>
    public static SignatureVerdict Verify(Channel channel, HttpRequest request, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var (headers, secrets) = (request.Headers, channel.Secrets);
        return channel.Scheme switch
        {
            ChannelScheme.StandardWebhooks or ChannelScheme.BigCommerce => StandardWebhooksSignature.Verify(
                secrets,
                headers[StandardWebhooksSignature.IdHeader],
                headers[StandardWebhooksSignature.TimestampHeader],
                headers[StandardWebhooksSignature.SignatureHeader],
                body.Span,
                now
            ),
            ChannelScheme.Shopify => ShopifySignature.Verify(secrets, headers[ShopifySignature.SignatureHeader], body.Span),
            ChannelScheme.WooCommerce => WooCommerceSignature.Verify(secrets, headers[WooCommerceSignature.SignatureHeader], body.Span),
            ChannelScheme.Square => SquareSignature.Verify(secrets, headers[SquareSignature.SignatureHeader], channel.Url, body.Span),
            ChannelScheme.Stripe => StripeSignature.Verify(secrets, headers[StripeSignature.SignatureHeader], body.Span, now),
            ChannelScheme.AdobeCommerce => AdobeCommerceSignature.Verify(
                secrets,
                headers[AdobeCommerceSignature.SignatureHeader],
                body.Span
            ),
            ChannelScheme.AdobeEvents => AdobeEventsSignature.Verify(
                secrets,
                channel.User,
                headers[AdobeEventsSignature.FirstHeader],
                headers[AdobeEventsSignature.SecondHeader],
                body
            ),
            ChannelScheme.Hmac => HmacSignature.Verify(
                channel.Hmac!,
                secrets,
                headers[channel.Hmac!.Header],
                channel.Hmac.TimestampHeader is { } dated ? headers[dated].ToString() : null,
                body.Span,
                now
            ),
            ChannelScheme.Basic => BasicAuthentication.Verify(secrets, channel.User, headers[BasicAuthentication.Header]),
            ChannelScheme.None => LoopbackClient.Verify(
                request.HttpContext.Connection.RemoteIpAddress,
                headers[LoopbackClient.ForwardedFor],
                headers[LoopbackClient.OriginalFor]
            ),
            _ => SignatureVerdict.Wrong,
        };
    }

    /// <summary>Whether headers are worth as much as the body: the scheme signs neither, and knows the sender otherwise.</summary>
    public static bool CoversHeaders(ChannelScheme scheme) => scheme is ChannelScheme.Basic or ChannelScheme.None;
}
