using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Platform.Settings;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Outbound;

/// <summary>The channels that get messages, and where they may be.</summary>
public sealed class OutboundOptions : IValidatableObject
{
    [Setting]
    public Dictionary<string, OutboundChannelOptions> Outbound { get; } = new(StringComparer.OrdinalIgnoreCase);

    [Setting("", "whether channels may be on a private network and use plain http; `true` on one machine")]
    public bool OutboundAllowPrivateAddresses { get; set; }

    [Setting("1 day to 365 days", "how long what was sent to channels is kept in the log of sent messages")]
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan OutboundLogKeep { get; set; } = TimeSpan.FromDays(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, channel) in Outbound)
        {
            if (name.Length > 128 || name != name.Trim())
                yield return new("is not a channel name: 1 to 128 characters, no space at either end", [$"Outbound:{name}"]);
            if (channel.Url is { } url && new Uri(url).Scheme == Uri.UriSchemeHttp && !OutboundAllowPrivateAddresses)
                yield return new(
                    "is plain http; use https, or set OutboundAllowPrivateAddresses to true on a private network",
                    [$"Outbound:{name}:Url"]
                );
        }
    }
}

/// <summary>A channel that gets messages.</summary>
public sealed class OutboundChannelOptions : IValidatableObject
{
    [Setting("", "what the system is"), Required]
    public ChannelKind Kind { get; set; }

    [Setting("https address", "where messages are posted to"), Required]
    public string? Url { get; set; }

    [Setting("`whsec_…`", "secrets of our signatures; the first one signs", Default = "required")]
    public Dictionary<int, string> Secrets { get; } = [];

    [Setting("", "whether it posts its answers, or is asked")]
    public ConfirmBy Confirm { get; set; }

    [Setting("channel", "the ingest channel that its answers come from", Default = "NAME"), Name]
    public string? AnswersFrom { get; set; }

    [Setting("0 to 90 days", "how long before a promotion's start it needs the prices")]
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")]
    public TimeSpan LeadTime { get; set; }

    [Setting("", "whether a promotion waits until it has said that it is ready", Default = "(true of `Wms` and `Ecommerce`)")]
    public bool? AsksReadiness { get; set; }

    [Setting(
        "1 to 128 characters",
        "what being ready means there (`waves and labour planned` of `Wms`, `content staged` of `Ecommerce`)",
        Default = "prices loaded"
    )]
    [Name]
    public string? Needs { get; set; }

    [Setting("1 minute to 365 days", "how long its word that it is ready counts")]
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan ReadyMaxAge { get; set; } = TimeSpan.FromDays(7);

    [Setting("0.1 seconds to 2 minutes", "of one attempt to send or to ask")]
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    [Setting(
        "channels",
        "channels whose orders' actions it carries out; otherwise the `Oms` does, or the channel that the order came from"
    )]
    public TextList OrdersOf { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MistakeIn(Url!) is { } wrong)
            yield return new(wrong, [nameof(Url)]);
        if (Secrets.Count == 0)
            yield return new("is missing; messages are signed with it", ["Secrets:0"]);
        foreach (var (number, secret) in Secrets)
            if (SigningSecret.Mistake(secret) is { } mistake)
                yield return new(mistake, [$"Secrets:{number}"]);
    }

    // The address is never shown, because it may contain a password.
    private static string? MistakeIn(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
            return "is not an absolute https address";
        if (url.UserInfo.Length > 0)
            return "holds a user name; messages are signed, so leave it out";
        return url.Query.Length > 0 || url.Fragment.Length > 0 ? "has a query or a fragment; give the address alone" : null;
    }
}
