using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest.Signing;

/// <summary>Tells a sender how its channel's requests are to be signed.</summary>
internal static class SignatureProblems
{
    private const string OfBody = "base64 of the HMAC-SHA256 of the raw body";

    public static ProblemException Of(Channel channel, SignatureVerdict verdict)
    {
        var (header, words) = Form(channel);
        return verdict switch
        {
            SignatureVerdict.Missing => new(
                StatusCodes.Status401Unauthorized,
                "signature-missing",
                "Not signed",
                words is null ? $"Send {header}." : $"Send {header}: {words}.",
                header
            ),
            SignatureVerdict.Expired => Expired(channel),
            _ when channel.Scheme == ChannelScheme.None => new(
                StatusCodes.Status401Unauthorized,
                "signature-wrong",
                "Not allowed from here",
                "This channel takes requests of programs on the same machine only."
            ),
            _ => new(
                StatusCodes.Status401Unauthorized,
                "signature-wrong",
                "Wrong signature",
                channel.Scheme == ChannelScheme.Basic
                    ? "User or password is wrong. Send those of this channel."
                    : "The signature does not match the body. Sign the raw bytes of the body as sent, with this channel's secret.",
                header
            ),
        };
    }

    private static ProblemException Expired(Channel channel)
    {
        var (header, window) = channel.Scheme switch
        {
            ChannelScheme.Stripe => (StripeSignature.SignatureHeader, StripeSignature.Window),
            ChannelScheme.Hmac => (channel.Hmac!.TimestampHeader!, channel.Hmac.Window),
            _ => (StandardWebhooksSignature.TimestampHeader, StandardWebhooksSignature.Window),
        };
        return new(
            StatusCodes.Status401Unauthorized,
            "timestamp-expired",
            "Timestamp outside the window",
            $"{header} must be within {window.TotalMinutes:0.##} minutes of the server's clock. Sign each attempt anew, and check your clock.",
            header
        );
    }

    private static (string Header, string? Words) Form(Channel channel) =>
        channel.Scheme switch
        {
            ChannelScheme.Shopify => (ShopifySignature.SignatureHeader, OfBody),
            ChannelScheme.WooCommerce => (WooCommerceSignature.SignatureHeader, OfBody),
            ChannelScheme.Square => (SquareSignature.SignatureHeader, $"{OfBody} behind the notification URL"),
            ChannelScheme.Stripe => (StripeSignature.SignatureHeader, "t=Unix seconds,v1=hex of the HMAC-SHA256 of t.body"),
            ChannelScheme.AdobeCommerce => (
                AdobeCommerceSignature.SignatureHeader,
                "base64 of the RSA-SHA256 signature of the body's base64"
            ),
            ChannelScheme.AdobeEvents => (AdobeEventsSignature.FirstHeader, "base64 of the RSA-SHA256 signature of the raw body"),
            ChannelScheme.Hmac => (channel.Hmac!.Header, WordsOf(channel.Hmac)),
            ChannelScheme.Basic => (BasicAuthentication.Header, "Basic, with this channel's user and password"),
            _ => (
                StandardWebhooksSignature.SignatureHeader,
                $"\"v1,\" + base64 of the HMAC-SHA256 of id.timestamp.body; with {StandardWebhooksSignature.IdHeader} and "
                    + $"{StandardWebhooksSignature.TimestampHeader} (Unix seconds)"
            ),
        };

    private static string WordsOf(HmacForm form)
    {
        var signed = form.Signs == SignedContent.Body ? "the raw body" : "timestamp.body";
        var dated = form.TimestampHeader is { } header ? $"; with {header} (Unix seconds)" : "";
        return $"\"{form.Prefix}\" + {form.Encoding} of the HMAC ({form.Algorithm}) of {signed}{dated}";
    }
}
