using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest;

/// <summary>Why a delivery is refused as a whole.</summary>
internal static class IngestProblems
{
    private static readonly HashSet<string> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/json",
        "application/cloudevents+json",
        "application/cloudevents-batch+json",
    };

    public static ProblemException UnknownChannel() =>
        new(
            StatusCodes.Status404NotFound,
            "unknown-channel",
            "Unknown channel",
            "No channel has this name. Check the URL, or ask the retailer to set up the channel.",
            "channel"
        );

    public static ProblemException Unsigned(ChannelScheme scheme, SignatureVerdict verdict)
    {
        var header = scheme == ChannelScheme.Shopify ? ShopifySignature.SignatureHeader : StandardWebhooksSignature.SignatureHeader;
        return verdict switch
        {
            SignatureVerdict.Missing => new(
                StatusCodes.Status401Unauthorized,
                "signature-missing",
                "Not signed",
                scheme == ChannelScheme.Shopify
                    ? $"Send {header}: base64 of the HMAC-SHA256 of the raw body."
                    : $"Send {StandardWebhooksSignature.IdHeader}, {StandardWebhooksSignature.TimestampHeader} (Unix seconds) and {header} (\"v1,\" + base64 of the HMAC-SHA256 of id.timestamp.body).",
                header
            ),
            SignatureVerdict.Expired => new(
                StatusCodes.Status401Unauthorized,
                "timestamp-expired",
                "Timestamp outside the window",
                $"{StandardWebhooksSignature.TimestampHeader} must be within {StandardWebhooksSignature.Window.TotalMinutes} minutes of the server's clock. Sign each attempt anew, and check your clock.",
                StandardWebhooksSignature.TimestampHeader
            ),
            _ => new(
                StatusCodes.Status401Unauthorized,
                "signature-wrong",
                "Wrong signature",
                "The signature does not match the body. Sign the raw bytes of the body as sent, with this channel's secret.",
                header
            ),
        };
    }

    public static void CheckMediaType(HttpRequest request)
    {
        // The most frequent media type, without parsing.
        if (request.ContentType is "application/json")
            return;
        if (
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType is { } media
            && MediaTypes.Contains(media)
            && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        )
            return;
        throw new ProblemException(
            StatusCodes.Status415UnsupportedMediaType,
            "media-type",
            "Unsupported media type",
            $"Send {string.Join(", ", MediaTypes.Order())}, in UTF-8.",
            "Content-Type"
        );
    }
}
