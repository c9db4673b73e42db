using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Promotions;

/// <summary>Lists and tables of the promotion policy; its figures are bound to <see cref="PromotionPolicy"/> itself.</summary>
public sealed class PromotionOptions : IValidatableObject
{
    [Setting(Keys = "CURRENCY__N")]
    public Dictionary<string, Dictionary<int, ApprovalRowOptions>> Approvals { get; } = [];

    [Setting("money", "the legal or agreed minimum price of an item", Keys = "SKU")]
    public Dictionary<string, decimal> Floors { get; } = [];

    [Setting("SKU", "never promoted", Keys = "N")]
    public TextList ExcludedItems { get; set; } = [];

    [Setting("category", "never promoted", Keys = "N")]
    public TextList ExcludedCategories { get; set; } = [];

    [Setting("SKU", "recalled, so not promoted", Keys = "N")]
    public TextList RecalledItems { get; set; } = [];

    [Setting]
    public Dictionary<int, BlackoutOptions> Blackouts { get; } = [];

    [Setting]
    public ShortRegionOptions ShortRegion { get; set; } = new();

    [Setting("text; `Promotions__StoreTasks=none`", "what every store has to do", Default = "signage, labour", Keys = "N")]
    public TextList? StoreTasks { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from code in Approvals.Keys
        where !Currency.TryParse(code, out _)
        select new ValidationResult("is not an ISO 4217 currency", [$"Approvals:{code}"]);

    internal PromotionPolicy Complete(PromotionPolicy figures) =>
        figures with
        {
            Approvals =
            [
                .. Approvals.Select(static matrix => new ApprovalMatrix(
                    Currency.Parse(matrix.Key),
                    [.. matrix.Value.Values.Select(static row => row.ToRow())]
                )),
            ],
            Floors = Floors.ToDictionary(static f => Sku.Asked(f.Key), static f => f.Value),
            ExcludedItems = ExcludedItems.Select(static sku => Sku.Asked(sku)).ToHashSet(),
            ExcludedCategories = ExcludedCategories.ToHashSet(StringComparer.Ordinal),
            RecalledItems = RecalledItems.Select(static sku => Sku.Asked(sku)).ToHashSet(),
            Blackouts = [.. Blackouts.Select(static b => b.Value.ToBlackout(b.Key))],
            ShortRegion = ShortRegion.ToPlan(),
            StoreTasks = StoreTasks ?? figures.StoreTasks,
        };
}

/// <summary>A row of the approval matrix.</summary>
public sealed class ApprovalRowOptions
{
    [Setting("money", "the whole amount of the discount", Default = "(no limit)")]
    public decimal? MaxAmount { get; set; }

    [Setting("percent", "the deepest discount of an item", Default = "(no limit)")]
    public decimal? MaxDepthPercent { get; set; }

    [Setting("money", "the margin that is given up", Default = "(no limit)")]
    public decimal? MaxMarginImpact { get; set; }

    // A row without roles must not mean that no approval is needed.
    [Setting("roles in their order, `none`", "who approves; `none`: nobody has to"), Required]
    public TextList? Roles { get; set; }

    [Setting("", "where the books carry the discount")]
    public DiscountAccounting Accounting { get; set; }

    internal ApprovalRow ToRow() => new(MaxAmount, MaxDepthPercent, MaxMarginImpact, [.. Roles!], Accounting);
}

/// <summary>A time without promotions.</summary>
public sealed class BlackoutOptions
{
    [Setting("text", "a time without promotions: its name", Default = "N")]
    public string? Name { get; set; }

    [Setting("time, UTC", "its beginning"), Required, Moment]
    public string? From { get; set; }

    [Setting("time, UTC", "its end"), Required, Moment]
    public string? To { get; set; }

    internal Blackout ToBlackout(int number) =>
        new(Name ?? $"{number}", MomentAttribute.Parse(From!), MomentAttribute.Parse(To!), "the settings");
}

/// <summary>What is done about a region whose stock is short.</summary>
public sealed class ShortRegionOptions
{
    [Setting("", "what is done about a region that is short")]
    public ShortRegionPolicy Policy { get; set; }

    [Setting("channel", "with `LimitChannels`: the channels that still sell there", Keys = "N")]
    public TextList Channels { get; set; } = [];

    [Setting("location", "with `HoldLocations`: the locations that take no part", Keys = "N")]
    public TextList Locations { get; set; } = [];

    [Setting("time span above 0", "with `Stagger`: how much later the region starts")]
    [Range(typeof(TimeSpan), "00:00:00.0000001", "365.00:00:00")]
    public TimeSpan? Delay { get; set; }

    internal ShortRegionPlan ToPlan() =>
        new(
            Policy,
            [.. Channels.Select(static c => new SalesChannelId(c))],
            [.. Locations.Select(static l => new LocationId(l))],
            Delay ?? TimeSpan.Zero
        );
}
