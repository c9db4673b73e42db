using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Platform.Ingest.Files;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>A channel that posts events, as the settings and the API of channels describe it.</summary>
[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
public sealed class ChannelOptions : IValidatableObject
{
    [Setting("", "how its requests are signed"), Required, JsonRequired]
    public ChannelScheme Scheme { get; set; }

    [Setting("", "what its bodies look like", Default = "(by Scheme)")]
    public ChannelFormat? Format { get; set; }

    [Setting("", "`false`: nothing is accepted")]
    public bool Enabled { get; set; } = true;

    [Setting("as the scheme has it", "signing secret, password or public key; two while one is being changed", Default = "required")]
    [JsonIgnore]
    public Dictionary<int, string> Secrets { get; } = [];

    [Setting(
        "address",
        "BigCommerce: the store's API, such as `https://api.bigcommerce.com/stores/HASH`; orders and products are read there"
    )]
    public string? ApiUrl { get; set; }

    [Setting("secret", "BigCommerce: the access token of `ApiUrl`, for reading orders, transactions and products")]
    [JsonIgnore]
    public string? ApiToken { get; set; }

    /// <summary>Of a channel of the API of channels: the setting that has the token, <c>ChannelSecret_…</c>.</summary>
    [Name]
    public string? ApiTokenSetting { get; set; }

    [Setting("address", "Square: the notification URL, as the subscription has it; required there")]
    public string? Url { get; set; }

    [Setting("text", "Basic: the user; required there"), Name]
    public string? User { get; set; }

    [Setting("text", "AdobeEvents: the client id of the project; required there"), Name]
    public string? ClientId { get; set; }

    [Setting]
    [AllowNull]
    public HmacOptions Hmac
    {
        get;
        set => field = value ?? new();
    } = new();

    [Setting("host names", "who may subscribe the channel to its events, such as `eventgrid.azure.net`", Default = "none")]
    [AllowNull]
    public TextList AllowedOrigins
    {
        get;
        set => field = value ?? [];
    } = [];

    [Setting("", "Canonical: attributes of events may stand in headers, which most signatures do not cover")]
    public bool BinaryMode { get; set; }

    [Setting("", "most requests per minute and instance; more are answered 429", Default = "(no limit)"), Range(1, 1_000_000)]
    public int? RequestsPerMinute { get; set; }

    [Setting("", "how often it is expected to post; shown by the API")]
    public TimeSpan? Cadence { get; set; }

    [Setting("JSON", "Mapping: the document that translates its bodies ([mapping.md](mapping.md)); required there")]
    [JsonConverter(typeof(JsonTextConverter))]
    public string? Mapping { get; set; }

    [Setting("ISO 4217", "Formats of shops: the shop's currency; required there. Edi: of prices that name none"), CurrencyCode]
    public string? Currency { get; set; }

    [
        Setting(
            "location",
            "Formats of shops: where orders without a location take stock from (NAME-online). Edi: of messages that name none"
        ),
        Name
    ]
    public string? DefaultLocation { get; set; }

    [
        Setting(
            "location",
            "Formats of shops, Epcis (by GLN) and Edi: our name of a location by theirs; without it theirs is the name",
            Keys = "ID"
        ),
        Name
    ]
    public Dictionary<string, string> Locations { get; } = [];

    [Setting("SKU", "Epcis: our SKU of a GTIN in 14 digits; without it the GTIN itself is the SKU", Keys = "GTIN"), Name]
    public Dictionary<string, string> Items { get; } = [];

    [Setting]
    [AllowNull]
    public ChannelFileOptions Files
    {
        get;
        set => field = value ?? new();
    } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secrets.Count == 0 && ChannelForm.NeedsSecrets(Scheme))
            yield return new("is missing; requests are verified with it", ["Secrets:0"]);
        foreach (var mistake in ChannelRules.MistakesIn(this))
            yield return mistake;
        foreach (var (number, secret) in Secrets)
            if (ChannelForm.MistakeIn(Scheme, secret) is { } mistake)
                yield return new(mistake, [$"Secrets:{number}"]);
    }
}
