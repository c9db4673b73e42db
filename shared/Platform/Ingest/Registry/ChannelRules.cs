using System.ComponentModel.DataAnnotations;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>What a channel must have for its scheme and its format, beside its secrets.</summary>
internal static class ChannelRules
{
    // Azure sets it for every app.
    private const string AzureSite = "WEBSITE_SITE_NAME";

    public static IEnumerable<ValidationResult> MistakesIn(ChannelOptions options)
    {
        var format = options.Format ?? ChannelForm.FormatOf(options.Scheme);
        if (format is null)
            yield return Missing(nameof(options.Format), $"what the bodies look like: {string.Join(", ", Enum.GetNames<ChannelFormat>())}");
        if (ChannelForm.IsOfShop(format) && string.IsNullOrEmpty(options.Currency))
            yield return Missing(nameof(options.Currency), "the shop's currency, an ISO 4217 code");
        if (format == ChannelFormat.Mapping && options.Mapping is null)
            yield return Missing(nameof(options.Mapping), "the mapping of its bodies");
        else if (format == ChannelFormat.Mapping && MappingText.MistakeIn(options.Mapping!) is { } wrong)
            yield return new(wrong, [nameof(options.Mapping)]);
        foreach (var mistake in options.Files.Mistakes(format))
            yield return mistake;
        foreach (var mistake in OfApi(options))
            yield return mistake;
        foreach (var mistake in OfScheme(options))
            yield return mistake;
    }

    private static IEnumerable<ValidationResult> OfApi(ChannelOptions options)
    {
        if (options.ApiUrl is null && options.ApiToken is not null)
            yield return Missing(nameof(options.ApiUrl), "the address of the API that ApiToken is for");
        if (options.ApiUrl is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"))
            yield return new("must be an http or https address", [nameof(options.ApiUrl)]);
        if (options.ApiTokenSetting is not null && string.IsNullOrWhiteSpace(options.ApiToken))
            yield return new(
                $"must name a setting that is there and begins with {ChannelSecrets.SettingPrefix}",
                [nameof(options.ApiTokenSetting)]
            );
        else if (options.ApiUrl is not null && string.IsNullOrWhiteSpace(options.ApiToken))
            yield return Missing(nameof(options.ApiToken), "the access token of ApiUrl");
        else if (options.ApiToken?.Any(static c => c is <= ' ' or > '~') == true)
            yield return new("must have no space and no character outside ASCII", [nameof(options.ApiToken)]);
    }

    private static IEnumerable<ValidationResult> OfScheme(ChannelOptions options) =>
        options.Scheme switch
        {
            ChannelScheme.Square when !Uri.TryCreate(options.Url, UriKind.Absolute, out _) =>
            [
                Missing(nameof(options.Url), "the notification URL of the subscription"),
            ],
            ChannelScheme.Basic when string.IsNullOrEmpty(options.User) => [Missing(nameof(options.User), "the user's name")],
            ChannelScheme.Basic when options.User!.Contains(':', StringComparison.Ordinal) =>
            [
                new("must not have a colon", [nameof(options.User)]),
            ],
            ChannelScheme.AdobeEvents when string.IsNullOrEmpty(options.ClientId) =>
            [
                Missing(nameof(options.ClientId), "the client id of the project at Adobe"),
            ],
            ChannelScheme.Hmac => OfHmac(options.Hmac),
            // Behind a proxy on the same machine every caller looks local.
            ChannelScheme.None when Environment.GetEnvironmentVariable(AzureSite) is not null =>
            [
                new("is None, which is for one machine; in Azure every channel has a signature", [nameof(options.Scheme)]),
            ],
            _ => [],
        };

    private static IEnumerable<ValidationResult> OfHmac(HmacOptions hmac)
    {
        if (string.IsNullOrEmpty(hmac.Header))
            yield return Missing("Hmac:Header", "the header that holds the signature");
        var isDated = !string.IsNullOrEmpty(hmac.TimestampHeader);
        if (hmac.Signs == Signatures.SignedContent.TimestampBody && !isDated)
            yield return Missing("Hmac:TimestampHeader", "the header whose value is signed");
        if (hmac.Signs == Signatures.SignedContent.Body && isDated)
            yield return new("is Body, so the timestamp is not signed and proves nothing; leave one of them out", ["Hmac:Signs"]);
    }

    private static ValidationResult Missing(string member, string what) => new($"is missing; set {what}", [member]);
}
