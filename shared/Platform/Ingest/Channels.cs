using System.Text;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest;

/// <summary>A channel's signature scheme and format.</summary>
public enum ChannelScheme
{
    /// <summary>Canonical events, signed as Standard Webhooks.</summary>
    StandardWebhooks,
    Shopify,
}

/// <summary>A system that may post events.</summary>
/// <param name="Secrets">Keys of its signatures: two while one is being changed.</param>
/// <param name="Shop">Set for Shopify.</param>
public sealed record Channel(ChannelId Id, ChannelScheme Scheme, IReadOnlyList<byte[]> Secrets, ChannelShop? Shop);

/// <summary>The channels of the settings. Other channels are rejected.</summary>
public sealed class Channels(ChannelsOptions options)
{
    private readonly Dictionary<string, Channel> byName = options.ToDictionary(
        static o => o.Key,
        static o => Of(new ChannelId(o.Key), o.Value),
        StringComparer.OrdinalIgnoreCase
    );

    public Channel? Find(string name) => byName.GetValueOrDefault(name);

    private static Channel Of(ChannelId id, ChannelOptions options) =>
        options.Scheme switch
        {
            ChannelScheme.Shopify => new(
                id,
                options.Scheme,
                [.. options.Secrets.Values.Select(Encoding.UTF8.GetBytes)],
                new ChannelShop(
                    id,
                    new LocationId(options.DefaultLocation ?? $"{id}-online"),
                    options.Locations,
                    Currency.Parse(options.Currency!)
                )
            ),
            _ => new(id, options.Scheme, [.. options.Secrets.Values.Select(StandardWebhooksSignature.ParseSecret)], Shop: null),
        };
}
