using System.Text;
using Microsoft.Extensions.Configuration;
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

/// <summary>
/// The channels of the settings: <c>Channels__NAME__Scheme</c> (StandardWebhooks or Shopify), <c>Channels__NAME__Secrets__0</c>; for
/// Shopify also <c>Currency</c>, <c>DefaultLocation</c> and <c>Locations__ID</c>. Other channels are rejected.
/// </summary>
public sealed class Channels
{
    private readonly Dictionary<string, Channel> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">A channel's settings can't be used; the message names the setting, never a
    /// secret.</exception>
    public Channels(IConfiguration configuration)
    {
        foreach (var section in configuration.GetSection("Channels").GetChildren())
            byName[section.Key] = Read(section);
    }

    public Channel? Find(string name) => byName.GetValueOrDefault(name);

    internal static Channel Read(IConfigurationSection section)
    {
        var id = new ChannelId(section.Key);
        var scheme =
            Enum.TryParse<ChannelScheme>(section["Scheme"], ignoreCase: true, out var known)
            && string.Equals(Enum.GetName(known), section["Scheme"]?.Trim(), StringComparison.OrdinalIgnoreCase)
                ? known
                : throw Wrong(
                    $"{section.Path}:Scheme",
                    $"'{section["Scheme"]}' is not a scheme; use {string.Join(" or ", Enum.GetNames<ChannelScheme>())}"
                );
        var secrets = section.GetSection("Secrets").GetChildren().Select(secret => Secret(secret, scheme)).ToList();
        if (secrets.Count == 0)
            throw Wrong($"{section.Path}:Secrets:0", "is missing; requests are verified with it");
        return new Channel(id, scheme, secrets, scheme == ChannelScheme.Shopify ? Shop(id, section) : null);
    }

    private static byte[] Secret(IConfigurationSection secret, ChannelScheme scheme)
    {
        if (string.IsNullOrWhiteSpace(secret.Value))
            throw Wrong(secret.Path, "is empty");
        if (scheme == ChannelScheme.Shopify)
            return Encoding.UTF8.GetBytes(secret.Value);
        try
        {
            return StandardWebhooksSignature.ParseSecret(secret.Value);
        }
        catch (FormatException wrong)
        {
            // The framework's message may repeat a part of the text; only ours is passed on.
            throw Wrong(
                secret.Path,
                wrong.Message.StartsWith("it ", StringComparison.Ordinal)
                    ? $"is not a signing secret: {wrong.Message}"
                    : "is not base64 behind whsec_"
            );
        }
    }

    private static ChannelShop Shop(ChannelId id, IConfigurationSection section)
    {
        if (!Currency.TryParse(section["Currency"], out var currency))
            throw Wrong($"{section.Path}:Currency", $"'{section["Currency"]}' is not an ISO 4217 code; set the shop's currency");
        foreach (var place in section.GetSection("Locations").GetChildren().Append(section.GetSection("DefaultLocation")))
            if (place.Value is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > 128 || name != name.Trim()))
                throw Wrong(place.Path, "is not a location's id: 1 to 128 characters, no space at either end");
        var locations = section.GetSection("Locations").GetChildren().ToDictionary(l => l.Key, l => l.Value ?? l.Key);
        return new ChannelShop(id, new LocationId(section["DefaultLocation"] ?? $"{id}-online"), locations, currency);
    }

    private static InvalidOperationException Wrong(string setting, string what) => new($"The setting {setting.Replace(":", "__")} {what}.");
}
