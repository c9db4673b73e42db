using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Edi;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Epcis;
using Stockgate.Domain.Ingest.Files;
using Stockgate.Domain.Ingest.Mapping;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>How a channel's requests are signed.</summary>
[JsonConverter(typeof(NamedEnumConverter<ChannelScheme>))]
public enum ChannelScheme
{
    StandardWebhooks,
    Shopify,
    WooCommerce,

    /// <summary>
    /// Standard Webhooks, with the client secret's text as the key. BigCommerce names the specification alone; the key is a third
    /// party's account of it (https://github.com/hookdeck/webhook-skills).
    /// </summary>
    BigCommerce,
    Square,
    Stripe,

    /// <summary>Webhooks of Adobe Commerce.</summary>
    AdobeCommerce,

    /// <summary>Adobe I/O Events.</summary>
    AdobeEvents,

    /// <summary>An HMAC as <c>Hmac__…</c> describes it.</summary>
    Hmac,

    /// <summary>User and password.</summary>
    Basic,

    /// <summary>Programs on the same machine alone.</summary>
    None,
}

/// <summary>What a channel's bodies look like.</summary>
[JsonConverter(typeof(NamedEnumConverter<ChannelFormat>))]
public enum ChannelFormat
{
    /// <summary>CloudEvents with the types of docs/partner.md.</summary>
    Canonical,
    Shopify,
    WooCommerce,

    /// <summary>Messages of Subscriptions.</summary>
    Commercetools,
    Square,

    /// <summary>Observer events, of Adobe I/O Events or of webhooks.</summary>
    AdobeCommerce,
    Shopware,
    BigCommerce,

    /// <summary>GS1 EPCIS 2.0 in JSON-LD: stock movements and counts.</summary>
    Epcis,

    /// <summary>Any JSON, translated by the channel's mapping (docs/mapping.md).</summary>
    Mapping,
}

/// <summary>A system that may post events.</summary>
/// <param name="Secrets">Keys of its signatures: two while one is being changed; none accepts nothing.</param>
/// <param name="Shop">Set for formats of shops.</param>
public sealed record Channel(
    ChannelId Id,
    ChannelScheme Scheme,
    ChannelFormat Format,
    IReadOnlyList<byte[]> Secrets,
    ChannelShop? Shop = null
)
{
    /// <summary>Set for the format Epcis.</summary>
    public EpcisTranslator? Epcis { get; init; }

    /// <summary>Set for the format Mapping.</summary>
    public DeliveryMapping? Mapping { get; init; }

    /// <summary>The vendor's API, where what its notifications name is read from it; null where it is not.</summary>
    public VendorApi? Api { get; init; }

    /// <summary>Square: the notification URL.</summary>
    public string Url { get; init; } = "";

    /// <summary>Basic: the user. Adobe I/O Events: our client id.</summary>
    public string User { get; init; } = "";

    /// <summary>Set for the scheme Hmac.</summary>
    public HmacForm? Hmac { get; init; }

    /// <summary>Systems that may subscribe this channel to their events, as they name themselves.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether the attributes of a CloudEvent may stand in headers.</summary>
    public bool BinaryMode { get; init; }

    /// <summary>Null: no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Set where its files are EDI.</summary>
    public EdiTerms? Edi { get; init; }

    /// <summary>How its files are written; null: it takes none.</summary>
    public FileForm? Files { get; init; }
}

/// <summary>A vendor's API.</summary>
/// <param name="Address">Ends with a slash: paths are below it.</param>
/// <param name="Token">Its access token.</param>
public sealed record VendorApi(Uri Address, string Token)
{
    // No token in a log line.
    public override string ToString() => Address.ToString();
}
