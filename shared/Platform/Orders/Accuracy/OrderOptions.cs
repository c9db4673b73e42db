using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Domain.Orders.Accuracy;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>How orders are allocated, substituted and reconciled.</summary>
public sealed class OrderOptions : IValidatableObject
{
    private const string Moment = "00:00:00.0000001",
        Year = "365.00:00:00";

    [Setting("", "whether orders without a location are allocated")]
    public bool Allocate { get; set; } = true;

    [Setting("0 to 100000 km", "the kilometres that avoiding one more parcel is worth"), Range(0.0, 100_000.0)]
    public decimal SplitPenaltyKm { get; set; } = 250;

    [Setting("up to 365 days", "how old a stock figure may be to allocate from it"), Range(typeof(TimeSpan), Moment, Year)]
    public TimeSpan StockFreshFor { get; set; } = TimeSpan.FromHours(1);

    [Setting("units", "of each item, kept back at the location from orders of the channel", Default = "0", Keys = "LOCATION__CHANNEL")]
    [Range(0.0, 1_000_000_000.0)]
    public Dictionary<string, Dictionary<string, decimal>> Buffers { get; } = [];

    /// <summary>How long a channel has to confirm an allocation before it is sent again, and when a shortage is looked at again.</summary>
    [Setting("up to 365 days", "when an unconfirmed allocation is sent again"), Range(typeof(TimeSpan), Moment, Year)]
    public TimeSpan RepeatAfter { get; set; } = TimeSpan.FromMinutes(1);

    [Setting("up to 365 days", "how often an open order is looked at without an event"), Range(typeof(TimeSpan), Moment, Year)]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long after its last event an order is dropped: a finished one with an unresolved trouble, or one that was older on arrival.
    /// </summary>
    [Setting("up to 365 days", "how long after the order is over a trouble that nobody corrects is kept")]
    [Range(typeof(TimeSpan), Moment, Year)]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);

    [Setting]
    public Dictionary<int, SubstitutionOptions> Substitutions { get; } = [];

    // Without a finance system a missing posting is no trouble, so expected postings are a setting.
    [Setting]
    public ReconciliationTerms Reconciliation { get; set; } = new() { PostsSales = false };

    // Decisions name their rule.
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Substitutions
            .GroupBy(static rule => rule.Value.NameOf(rule.Key))
            .Where(static rules => rules.Count() > 1)
            .Select(static rules => new ValidationResult(
                $"has two rules of the name '{rules.Key}'; give each a name of its own",
                [nameof(Substitutions)]
            ));
}

/// <summary>A substitution rule.</summary>
public sealed class SubstitutionOptions
{
    private static readonly SubstitutionRule Usual = new() { Name = "" };

    [Setting("text", "the rule's name, in decisions", Default = "(rule N)")]
    public string? Name { get; set; }

    [Setting("category", "of the missing item", Default = "(any)")]
    public string? Category { get; set; }

    [Setting("channel", "that the order came from", Default = "(any)")]
    public string? Channel { get; set; }

    [Setting("", "whether a substitute is allowed")]
    public bool Allowed { get; set; } = Usual.Allowed;

    [Setting("categories", "of substitutes", Default = "(the item's own)")]
    public TextList With { get; set; } = [];

    [Setting("0 to 1000 %", "how much dearer a substitute may be"), Range(0.0, 1000.0)]
    public decimal MaxDearerPercent { get; set; } = Usual.MaxDearerPercent;

    [Setting("0 to 100 %", "how much cheaper it may be"), Range(0.0, 100.0)]
    public decimal MaxCheaperPercent { get; set; } = Usual.MaxCheaperPercent;

    [Setting("", "whether the customer has to have agreed to substitutes")]
    public bool NeedsConsent { get; set; } = Usual.NeedsConsent;

    internal string NameOf(int number) => Name ?? $"rule {number}";

    internal SubstitutionRule ToRule(int number) =>
        new()
        {
            Name = NameOf(number),
            Category = Category,
            Channel = Channel is null ? null : new ChannelId(Channel),
            Allowed = Allowed,
            With = With,
            MaxDearerPercent = MaxDearerPercent,
            MaxCheaperPercent = MaxCheaperPercent,
            NeedsConsent = NeedsConsent,
        };
}
