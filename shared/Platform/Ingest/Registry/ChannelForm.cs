using System.Text;
using Stockgate.Domain;
using Stockgate.Domain.Edi;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.AdobeCommerce;
using Stockgate.Domain.Ingest.BigCommerce;
using Stockgate.Domain.Ingest.Commercetools;
using Stockgate.Domain.Ingest.Epcis;
using Stockgate.Domain.Ingest.Files;
using Stockgate.Domain.Ingest.Shopware;
using Stockgate.Domain.Ingest.Square;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>Makes a channel of its description.</summary>
internal static class ChannelForm
{
    /// <summary>The format of a scheme whose vendor has but one; null where it must be named.</summary>
    public static ChannelFormat? FormatOf(ChannelScheme scheme) =>
        scheme switch
        {
            ChannelScheme.StandardWebhooks => ChannelFormat.Canonical,
            ChannelScheme.Shopify => ChannelFormat.Shopify,
            ChannelScheme.WooCommerce => ChannelFormat.WooCommerce,
            _ => null,
        };

    /// <summary>Whether a format is of a shop's software, which says amounts and stock of one shop.</summary>
    public static bool IsOfShop(ChannelFormat? format) =>
        format is not (null or ChannelFormat.Canonical or ChannelFormat.Mapping or ChannelFormat.Epcis);

    /// <summary>The translator of bodies that say themselves what they are of; null where the format is another.</summary>
    public static BodyTranslator? TranslatorOf(Channel channel) =>
        channel.Format switch
        {
            ChannelFormat.Commercetools => new CommercetoolsTranslator(channel.Shop!),
            ChannelFormat.Square => new SquareTranslator(channel.Shop!),
            ChannelFormat.AdobeCommerce => new AdobeCommerceTranslator(channel.Shop!),
            ChannelFormat.Shopware => new ShopwareTranslator(channel.Shop!),
            ChannelFormat.BigCommerce => new BigCommerceTranslator(channel.Shop!),
            ChannelFormat.Epcis => channel.Epcis,
            _ => null,
        };

    public static bool NeedsSecrets(ChannelScheme scheme) => scheme != ChannelScheme.None;

    /// <param name="id">The channel.</param>
    /// <param name="options">Valid ones.</param>
    /// <param name="secrets">Those that are live.</param>
    public static Channel Of(ChannelId id, ChannelOptions options, IEnumerable<string> secrets)
    {
        var format = options.Format ?? FormatOf(options.Scheme)!.Value;
        return new Channel(id, options.Scheme, format, [.. secrets.Select(secret => Parse(options.Scheme, secret))])
        {
            Shop = IsOfShop(format) ? ShopOf(id, options) : null,
            Epcis = format == ChannelFormat.Epcis ? EpcisOf(id, options) : null,
            Mapping = format == ChannelFormat.Mapping ? MappingText.Read(options.Mapping!) : null,
            Api = options is { ApiUrl: { } address, ApiToken: { } token } ? new VendorApi(Below(address), token) : null,
            Url = options.Url ?? "",
            User = options.User ?? options.ClientId ?? "",
            Hmac = options.Scheme == ChannelScheme.Hmac ? options.Hmac.Form() : null,
            AllowedOrigins = options.AllowedOrigins,
            BinaryMode = options.BinaryMode,
            RequestsPerMinute = options.RequestsPerMinute,
            Enabled = options.Enabled,
            Files = options.Files.Form(),
            Edi = options.Files.Format == FileKind.Edi ? TermsOf(id, options) : null,
        };
    }

    /// <returns>What is wrong with a secret, without a part of it; null if it can be used.</returns>
    public static string? MistakeIn(ChannelScheme scheme, string secret)
    {
        if (scheme == ChannelScheme.StandardWebhooks)
            return SigningSecret.Mistake(secret);
        try
        {
            return Parse(scheme, secret).Length > 0 ? null : "is empty";
        }
        catch (FormatException)
        {
            // The framework's message may repeat a part of the text.
            return "is not a public RSA key of 2048 bits or more, in PEM";
        }
    }

    private static byte[] Parse(ChannelScheme scheme, string secret) =>
        scheme switch
        {
            ChannelScheme.StandardWebhooks => StandardWebhooksSignature.ParseSecret(secret),
            ChannelScheme.AdobeCommerce or ChannelScheme.AdobeEvents => RsaSignature.ParseKey(secret),
            _ => Encoding.UTF8.GetBytes(secret),
        };

    private static EdiTerms TermsOf(ChannelId id, ChannelOptions options) =>
        new(new SupplierId(options.Files.Supplier ?? id.Value), options.Locations, options.DefaultLocation, options.Currency);

    private static Uri Below(string address) => new(address.EndsWith('/') ? address : $"{address}/");

    private static EpcisTranslator EpcisOf(ChannelId id, ChannelOptions options) =>
        new(id, new LocationId(options.DefaultLocation ?? $"{id}-elsewhere"), options.Locations, options.Items);

    private static ChannelShop ShopOf(ChannelId id, ChannelOptions options) =>
        new(id, new LocationId(options.DefaultLocation ?? $"{id}-online"), options.Locations, Currency.Parse(options.Currency!));
}
