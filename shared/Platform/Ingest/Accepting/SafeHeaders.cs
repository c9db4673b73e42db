using Microsoft.AspNetCore.Http;
using Stockgate.Domain;

namespace Stockgate.Platform.Ingest.Accepting;

/// <summary>
/// The headers of a request as people may see them: those that say what a delivery is keep their value, and of all others, which may be
/// secrets, signatures or cookies, the name alone is kept.
/// </summary>
internal static class SafeHeaders
{
    public const string Withheld = "(withheld)";

    private const int Most = 60,
        Longest = 200;

    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type",
        "Content-Length",
        "Content-Encoding",
        "User-Agent",
        "Date",
        "webhook-id",
        "webhook-timestamp",
        "aeg-event-type",
        "aeg-subscription-name",
        "X-Shopify-Topic",
        "X-Shopify-Shop-Domain",
        "X-Shopify-API-Version",
        "X-Shopify-Webhook-Id",
        "X-Shopify-Event-Id",
        "X-Shopify-Triggered-At",
        "X-WC-Webhook-Topic",
        "X-WC-Webhook-Resource",
        "X-WC-Webhook-Event",
        "X-WC-Webhook-Source",
        "X-WC-Webhook-ID",
        "X-WC-Webhook-Delivery-ID",
        "square-environment",
        "square-retry-number",
    };

    public static IReadOnlyDictionary<string, string> Of(IHeaderDictionary headers) =>
        headers
            .Take(Most)
            .ToDictionary(
                static h => Clip.To(h.Key, Longest),
                static h => IsShown(h.Key) ? Clip.To(h.Value.ToString(), Longest) : Withheld,
                StringComparer.OrdinalIgnoreCase
            );

    private static bool IsShown(string name) => Shown.Contains(name) || name.StartsWith("ce-", StringComparison.OrdinalIgnoreCase);
}
