using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>Makes, seals and opens the secrets of channels of the API.</summary>
public sealed class ChannelSecrets(SecretsOptions options, IConfiguration configuration)
{
    /// <summary>Only settings of such a name may be referred to: not every setting is a channel's secret.</summary>
    public const string SettingPrefix = "ChannelSecret_";

    private const int Bytes = 32,
        IdBytes = 6;

    public bool CanSeal => options.Key is not null;

    /// <summary>A new secret as the scheme has them; null where only the vendor can make one.</summary>
    public static string? New(ChannelScheme scheme) =>
        scheme switch
        {
            ChannelScheme.AdobeCommerce or ChannelScheme.AdobeEvents or ChannelScheme.None => null,
            ChannelScheme.StandardWebhooks => StandardWebhooksSignature.SecretPrefix
                + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)),
            _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)),
        };

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public string Seal(string secret, string channel, string id) => SecretCipher.Seal(options.Key!, secret, channel, id);

    /// <summary>The secret that a setting has; null where it has none, or may not be referred to.</summary>
    public string? Referred(string setting) =>
        setting.StartsWith(SettingPrefix, StringComparison.OrdinalIgnoreCase) && configuration[setting] is { Length: > 0 } secret
            ? secret
            : null;

    /// <summary>Gives a channel of the API the token that its setup refers to.</summary>
    public void Resolve(ChannelOptions setup) => setup.ApiToken = setup.ApiTokenSetting is { } setting ? Referred(setting) : null;

    /// <returns>The secret, or what is wrong with it.</returns>
    public (string? Secret, string? Mistake) Open(string channel, StoredSecret stored)
    {
        if (stored.Setting is { } setting)
            return Referred(setting) is { } referred ? (referred, null) : (null, $"The setting {setting} is missing.");
        if (options.Key is not { } key)
            return (null, $"Secret {stored.Id} can't be opened: the setting {SecretsOptions.Section}__SecretsKey is missing.");
        try
        {
            return (SecretCipher.Open(key, stored.Sealed ?? "", channel, stored.Id), null);
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            return (null, $"Secret {stored.Id} can't be opened: it was sealed with another key.");
        }
    }
}
