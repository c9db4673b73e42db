using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Signing;

/// <summary>Answers what vendors send to try an address. Nothing of it becomes a record.</summary>
public sealed class Handshakes(Channels channels)
{
    public const string EventGridOrigin = "eventgrid.azure.net",
        RequestOrigin = "WebHook-Request-Origin",
        RequestRate = "WebHook-Request-Rate",
        AllowedOrigin = "WebHook-Allowed-Origin",
        AllowedRate = "WebHook-Allowed-Rate";

    private const string Validation = "SubscriptionValidation",
        Form = "application/x-www-form-urlencoded",
        PingField = "webhook_id=",
        NoLimit = "*";
    private const int MostCharacters = 1024,
        MostPingBytes = 100;

    /// <summary>A ping of WooCommerce, or Event Grid's validation event.</summary>
    /// <returns>The answer; null if the request is a delivery.</returns>
    /// <exception cref="ProblemException">The channel is unknown or the sender may not subscribe it.</exception>
    public async Task<IResult?> OfPostAsync(string name, HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Headers[EventGridEvents.TypeHeader] == Validation)
            return await ValidationAsync(await channels.RequireOpenAsync(name, cancellationToken), request, cancellationToken);
        if (request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) != true)
            return null;
        var channel = await channels.RequireOpenAsync(name, cancellationToken);
        // Pings are not signed: WooCommerce sends one when the webhook is saved, before any delivery.
        return channel.Scheme == ChannelScheme.WooCommerce && await IsPingAsync(request, cancellationToken) ? Results.Ok() : null;
    }

    /// <summary>Adobe's challenge (https://developer.adobe.com/events/docs/guides/api/registration-api), which is echoed.</summary>
    public async Task<IResult> OfGetAsync(string name, HttpRequest request, CancellationToken cancellationToken)
    {
        var channel = await channels.RequireOpenAsync(name, cancellationToken);
        if (channel.Scheme != ChannelScheme.AdobeEvents || request.Query["challenge"].ToString() is not { Length: > 0 } challenge)
            throw IngestProblems.PostOnly();
        if (challenge.Length > MostCharacters)
            throw IngestProblems.PostOnly();
        // It is anybody's text: no browser may take it for a page.
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Text(challenge, "text/plain");
    }

    /// <summary>
    /// CloudEvents' abuse protection, which Event Grid uses too
    /// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md#4-abuse-protection).
    /// </summary>
    public async Task<IResult> OfOptionsAsync(string name, HttpRequest request, CancellationToken cancellationToken)
    {
        var channel = await channels.RequireOpenAsync(name, cancellationToken);
        if (request.Headers[RequestOrigin].ToString() is not { Length: > 0 } origin)
            throw IngestProblems.PostOnly();
        if (!Allows(channel, origin))
            throw IngestProblems.OriginNotAllowed(RequestOrigin);
        var headers = request.HttpContext.Response.Headers;
        headers.Allow = HttpMethods.Post;
        headers[AllowedOrigin] = origin;
        headers[AllowedRate] = RateOf(channel, request.Headers[RequestRate]);
        return Results.Ok();
    }

    // https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
    private static async Task<IResult> ValidationAsync(Channel channel, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!Allows(channel, EventGridOrigin))
            throw IngestProblems.OriginNotAllowed(EventGridEvents.TypeHeader);
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        return CodeIn(body.Memory) is { } code
            ? Results.Json(new Dictionary<string, string> { ["validationResponse"] = code })
            : throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "validation-code",
                "No validation code",
                "Send Event Grid's validation event: an array of one event with data.validationCode."
            );
    }

    private static string? CodeIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var code = document.RootElement[0].GetProperty("data").GetProperty("validationCode").GetString();
            return code is { Length: > 0 and <= MostCharacters } ? code : null;
        }
        catch (Exception other)
            when (other is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static async Task<bool> IsPingAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or > MostPingBytes)
            return false;
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var text = System.Text.Encoding.UTF8.GetString(body.Memory.Span);
        return text.StartsWith(PingField, StringComparison.Ordinal)
            && text.Length > PingField.Length
            && text[PingField.Length..].All(char.IsAsciiDigit);
    }

    private static bool Allows(Channel channel, string origin) => channel.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    private static string RateOf(Channel channel, string? asked)
    {
        if (channel.RequestsPerMinute is not { } most)
            return int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var any) && any > 0 ? asked! : NoLimit;
        var isLess = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var less) && less > 0 && less < most;
        return (isLess ? less : most).ToString(CultureInfo.InvariantCulture);
    }
}
