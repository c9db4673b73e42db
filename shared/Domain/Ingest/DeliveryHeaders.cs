using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stockgate.Domain.Ingest;

/// <summary>
/// What a sender says about a delivery beside its body, as Shopify does
/// (https://shopify.dev/docs/apps/build/webhooks/ignore-duplicates). Where the signature covers the body alone, nothing but the identity
/// of an event and the order within one moment of its body is taken from here.
/// </summary>
/// <param name="EventId">The same for every delivery of one event.</param>
/// <param name="WebhookId">Of one delivery.</param>
/// <param name="TriggeredAt">When it happened, finer than the seconds of the body's times.</param>
public sealed record DeliveryHeaders(string? EventId, string? WebhookId, DateTimeOffset? TriggeredAt)
{
    /// <summary>A delivery without headers.</summary>
    public static readonly DeliveryHeaders None = new(null, null, null);

    private const int LongestId = 100;

    /// <summary>Reads the headers' texts; one that is no time counts as not there.</summary>
    public static DeliveryHeaders Of(string? eventId, string? webhookId, string? triggeredAt) =>
        new(Known(eventId), Known(webhookId), Moment.TryParse(Cut(triggeredAt), out var time) ? time.ToUniversalTime() : null);

    /// <summary>What tells this event about a thing from its others: the event's id, else the delivery's, else the body itself.</summary>
    internal string Mark(JsonElement body)
    {
        if ((EventId ?? WebhookId) is not { } id)
            return Digest(body.GetRawText());
        return id.Length <= LongestId && id.All(static c => c is > ' ' and <= '~') ? id : Digest(id);
    }

    /// <summary>Orders events of one moment: when they were triggered or, where the sender does not say it, when they came in.</summary>
    internal long SequenceAt(DateTimeOffset now) => (TriggeredAt ?? now).UtcTicks;

    internal static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static string? Known(string? id) => string.IsNullOrWhiteSpace(id) ? null : id.Trim();

    // Some senders have nine digits behind the point; a time here has seven.
    internal static string? Cut(string? time)
    {
        if (time?.IndexOf('.', StringComparison.Ordinal) is not ({ } point and > 0))
            return time;
        var end = point + 1;
        while (end < time.Length && char.IsAsciiDigit(time[end]))
            end++;
        return time[..Math.Min(end, point + 8)] + time[end..];
    }
}
