using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Platform.Settings;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest;

/// <summary>The channels that post events, by name.</summary>
public sealed class ChannelsOptions() : Dictionary<string, ChannelOptions>(StringComparer.OrdinalIgnoreCase);

/// <summary>A channel that posts events.</summary>
public sealed class ChannelOptions : IValidatableObject
{
    [Setting("", "how its requests are signed and what they look like"), Required]
    public ChannelScheme Scheme { get; set; }

    [Setting("`whsec_…`; of Shopify the shop's secret", "signing secret; two while one is being changed", Default = "required")]
    public Dictionary<int, string> Secrets { get; } = [];

    [Setting("ISO 4217", "Shopify: the shop's currency; required there"), CurrencyCode]
    public string? Currency { get; set; }

    [Setting("location", "Shopify: where orders without a location take stock from", Default = "NAME-online"), Name]
    public string? DefaultLocation { get; set; }

    [Setting("location", "Shopify: our name of its location; without it the id itself is the name", Keys = "ID"), Name]
    public Dictionary<string, string> Locations { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secrets.Count == 0)
            yield return new("is missing; requests are verified with it", ["Secrets:0"]);
        if (Scheme == ChannelScheme.Shopify && string.IsNullOrEmpty(Currency))
            yield return new("is missing; set the shop's currency, an ISO 4217 code", [nameof(Currency)]);
        foreach (var (number, secret) in Secrets.Where(_ => Scheme == ChannelScheme.StandardWebhooks))
            if (SigningSecret.Mistake(secret) is { } mistake)
                yield return new(mistake, [$"Secrets:{number}"]);
    }
}
