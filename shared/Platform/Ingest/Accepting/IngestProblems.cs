using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Accepting;

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

    /// <summary>What is wrong is in the log alone: the caller may be anybody.</summary>
    public static ProblemException Misconfigured() =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            "channel-misconfigured",
            "Channel set up wrongly",
            "The retailer's setup of this channel has a mistake, so nothing is accepted. Send the same again later, and tell the retailer."
        );

    public static ProblemException Disabled() =>
        new(
            StatusCodes.Status403Forbidden,
            "channel-disabled",
            "Channel switched off",
            "The retailer has switched this channel off. Keep your events, and send them when it is on again."
        );

    public static ProblemException TooMany(int perMinute, TimeSpan retryAfter) =>
        new(
            StatusCodes.Status429TooManyRequests,
            "too-many-requests",
            "Too many requests",
            $"This channel may send {perMinute} requests per minute. Send the same again after Retry-After, or several events at once."
        )
        {
            RetryAfter = retryAfter,
        };

    /// <summary>What the notification names could not be read; why is in the log alone.</summary>
    public static ProblemException SourceAway() =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            "source-away",
            "The source can't be read",
            "What this notification names could not be read from its system, so nothing of it is kept. "
                + "Send the same again after Retry-After."
        )
        {
            RetryAfter = TimeSpan.FromMinutes(1),
        };

    public static ProblemException BinaryMode() =>
        new(
            StatusCodes.Status415UnsupportedMediaType,
            "binary-mode",
            "Binary mode is off",
            "The signature of this channel does not cover the headers of a binary CloudEvent. Send it in structured mode "
                + "(application/cloudevents+json), or ask the retailer to allow binary mode.",
            "ce-specversion"
        );

    public static ProblemException OriginNotAllowed(string header) =>
        new(
            StatusCodes.Status403Forbidden,
            "origin-not-allowed",
            "Not allowed",
            "This sender may not subscribe the channel to its events. The retailer names it in the channel's allowed origins.",
            header
        );

    public static ProblemException PostOnly() =>
        new(StatusCodes.Status405MethodNotAllowed, "method", "Method not allowed", "A channel takes POST.");

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
