using System.Globalization;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain;
using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>
/// Settings of order processing. <c>Orders__Allocate</c> (true), <c>Orders__SplitPenaltyKm</c> (250), <c>Orders__StockFreshFor</c>
/// (01:00:00), <c>Orders__Buffers__LOCATION__CHANNEL</c> (units), <c>Orders__RepeatAfter</c> (00:01:00), <c>Orders__LookEvery</c>
/// (00:15:00), <c>Orders__KeepFor</c> (30.00:00:00), <c>Orders__Substitutions__N__Name</c>, <c>Category</c>, <c>Channel</c>, <c>Allowed</c>
/// (true), <c>With</c> (categories, separated by commas), <c>MaxDearerPercent</c> (20), <c>MaxCheaperPercent</c> (30), <c>NeedsConsent</c>
/// (true), <c>Orders__Reconciliation__Tolerance</c> (0.01), <c>Grace</c> (1.00:00:00), <c>BeyondLines</c> (0), <c>PostsSales</c> (false),
/// <c>PostsShipments</c> (false).
/// </summary>
public sealed class OrderAccuracySettings
{
    private const decimal MostUnits = 1_000_000_000;

    /// <exception cref="InvalidOperationException">A setting is invalid; the message names it.</exception>
    public OrderAccuracySettings(IConfiguration configuration)
    {
        var section = configuration.GetSection("Orders");
        Allocates = Flag(section.GetSection("Allocate"), true);
        Rules = new AllocationRules
        {
            SplitPenaltyKm = Number(section.GetSection("SplitPenaltyKm"), 250, 100_000),
            StockFreshFor = Span(section.GetSection("StockFreshFor"), TimeSpan.FromHours(1)),
            Buffers = BuffersOf(section.GetSection("Buffers")),
        };
        RepeatAfter = Span(section.GetSection("RepeatAfter"), TimeSpan.FromMinutes(1));
        LookEvery = Span(section.GetSection("LookEvery"), TimeSpan.FromMinutes(15));
        KeepFor = Span(section.GetSection("KeepFor"), TimeSpan.FromDays(30));
        // By number, not by text: rule 10 comes after rule 2.
        Substitutions = new SubstitutionRules([.. section.GetSection("Substitutions").GetChildren().OrderBy(Position).Select(Rule)]);
        // Decisions name their rule.
        if (Substitutions.Rules.GroupBy(static r => r.Name).FirstOrDefault(static g => g.Count() > 1) is { } twice)
            throw Wrong(section.GetSection("Substitutions"), $"has two rules of the name '{twice.Key}'; give each a name of its own");
        Terms = TermsOf(section.GetSection("Reconciliation"));
    }

    /// <summary>Whether orders that name no location are allocated here.</summary>
    public bool Allocates { get; }

    public AllocationRules Rules { get; }

    /// <summary>How long a channel has to confirm an allocation before it is sent again, and when a shortage is looked at again.</summary>
    public TimeSpan RepeatAfter { get; }

    /// <summary>How often an open order is evaluated without an event.</summary>
    public TimeSpan LookEvery { get; }

    /// <summary>
    /// How long after its last event an order is dropped: a finished one with an unresolved trouble, or one that was older on arrival.
    /// </summary>
    public TimeSpan KeepFor { get; }

    public SubstitutionRules Substitutions { get; }

    public ReconciliationTerms Terms { get; }

    // Without a finance system a missing posting is no trouble, so expected postings are a setting.
    private static ReconciliationTerms TermsOf(IConfigurationSection section) =>
        new()
        {
            Tolerance = Number(section.GetSection("Tolerance"), 0.01m, MostUnits),
            Grace = Span(section.GetSection("Grace"), TimeSpan.FromHours(24)),
            BeyondLines = Number(section.GetSection("BeyondLines"), 0, MostUnits),
            PostsSales = Flag(section.GetSection("PostsSales"), false),
            PostsShipments = Flag(section.GetSection("PostsShipments"), false),
        };

    private static Dictionary<(LocationId, ChannelId), Quantity> BuffersOf(IConfigurationSection section) =>
        (
            from location in section.GetChildren()
            from channel in location.GetChildren()
            select (Key: (new LocationId(location.Key), new ChannelId(channel.Key)), Units: new Quantity(Number(channel, 0, MostUnits)))
        ).ToDictionary(static b => b.Key, static b => b.Units);

    private static SubstitutionRule Rule(IConfigurationSection section) =>
        new()
        {
            Name = section["Name"] is { Length: > 0 } name ? name : $"rule {section.Key}",
            Category = section["Category"] is { Length: > 0 } category ? category : null,
            Channel = section["Channel"] is { Length: > 0 } channel ? new ChannelId(channel) : null,
            Allowed = Flag(section.GetSection("Allowed"), true),
            With = (section["With"] ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            MaxDearerPercent = Number(section.GetSection("MaxDearerPercent"), 20, 1000),
            MaxCheaperPercent = Number(section.GetSection("MaxCheaperPercent"), 30, 100),
            NeedsConsent = Flag(section.GetSection("NeedsConsent"), true),
        };

    private static int Position(IConfigurationSection section) =>
        int.TryParse(section.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(section, "has no number; write the rules as Orders__Substitutions__0__Name, __1__Name and so on");

    private static bool Flag(IConfigurationSection setting, bool otherwise) =>
        setting.Value is null ? otherwise
        : bool.TryParse(setting.Value, out var flag) ? flag
        : throw Wrong(setting, $"is '{setting.Value}'; use true or false");

    private static decimal Number(IConfigurationSection setting, decimal otherwise, decimal most) =>
        setting.Value is null ? otherwise
        : decimal.TryParse(setting.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
        : throw Wrong(setting, $"is '{setting.Value}'; give a number from 0 to {most}");

    private static TimeSpan Span(IConfigurationSection setting, TimeSpan otherwise) =>
        setting.Value is null ? otherwise
        : TimeSpan.TryParse(setting.Value, CultureInfo.InvariantCulture, out var span)
        && span > TimeSpan.Zero
        && span <= TimeSpan.FromDays(365)
            ? span
        : throw Wrong(setting, $"is '{setting.Value}'; give a time such as 00:15:00 or 1.00:00:00, above zero and at most 365 days");

    private static InvalidOperationException Wrong(IConfigurationSection setting, string what) =>
        new($"The setting {setting.Path.Replace(":", "__", StringComparison.Ordinal)} {what}.");
}
