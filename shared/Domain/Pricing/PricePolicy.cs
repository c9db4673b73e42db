using System.Globalization;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Pricing;

/// <summary>How far prices may move by themselves.</summary>
[JsonConverter(typeof(NamedEnumConverter<PricingLeash>))]
public enum PricingLeash
{
    /// <summary>No price is decided, except in a dry run.</summary>
    Off,

    /// <summary>Every move goes to a person.</summary>
    Ask,

    /// <summary>Moves within the rules go out.</summary>
    Publish,
}

/// <summary>The pricing policy, a versioned document. Described by price-policy.schema.json.</summary>
public sealed partial record PricePolicy
{
    /// <summary>From 1; the decision record names it.</summary>
    public required int Version { get; init; }

    public required PricingLeash Leash { get; init; }

    /// <summary>Where prices are moved; none moves anywhere else.</summary>
    public required IReadOnlyList<PriceMarket> Markets { get; init; }

    /// <summary>What holds for an item whose category says nothing of its own.</summary>
    public PriceRules Defaults { get; init; } = new();

    /// <summary>By the category's name, letter for letter.</summary>
    public IReadOnlyDictionary<string, CategoryPolicy> Categories { get; init; } =
        new Dictionary<string, CategoryPolicy>(StringComparer.Ordinal);

    public IReadOnlyDictionary<Sku, ItemOverride> Items { get; init; } = new Dictionary<Sku, ItemOverride>();

    /// <returns>The policy, or everything that is wrong with the text, each with its JSON path.</returns>
    public static PricePolicyReading Read(ReadOnlySpan<byte> utf8) => PricePolicyReader.Read(utf8);

    /// <summary>The policy that holds where no other was given: price-policy.json. Its leash is off and it has no markets.</summary>
    public static PricePolicy Default => PricePolicyReader.Default;

    /// <summary>That policy as it is written.</summary>
    public static string DefaultJson => PricePolicyReader.DefaultJson;

    /// <summary>The JSON Schema (2020-12) of a policy.</summary>
    public static string SchemaJson => PricePolicyReader.SchemaJson;

    /// <summary>
    /// The item's own rules now: the defaults, changed by its category's, changed by its own override while that has not run out.
    /// <see cref="PriceRules.Origin"/> says which.
    /// </summary>
    /// <param name="sku">The item.</param>
    /// <param name="category">Empty if the product has none.</param>
    /// <param name="now">An override counts before its <see cref="ItemOverride.Until"/>.</param>
    public PriceRules RulesFor(Sku sku, string category, DateTimeOffset now)
    {
        var rules = Categories.TryGetValue(category, out var own) ? own.Rules : Defaults;
        return Items.TryGetValue(sku, out var item) && now < item.Until ? item.Over(rules, sku) : rules;
    }

    /// <summary>What holds for the category's items together.</summary>
    public CategoryRules CategoryRulesFor(string category) => Categories.TryGetValue(category, out var own) ? own.Together : Together;

    /// <summary>What holds together for the items of a category that says nothing of its own.</summary>
    public CategoryRules Together { get; init; } = new();
}

/// <summary>A category's rules, resolved over the defaults.</summary>
public sealed record CategoryPolicy(PriceRules Rules, CategoryRules Together);

/// <summary>A temporary override of one item's rules.</summary>
public sealed record ItemOverride
{
    /// <summary>Why, in a person's words.</summary>
    public required string Reason { get; init; }

    /// <summary>From this moment on it does not count.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The members that it sets, as they are written in the policy.</summary>
    internal IReadOnlyList<RuleValue> Values { get; init; } = [];

    /// <summary>The item's rules over its category's.</summary>
    internal PriceRules Over(PriceRules rules, Sku sku) =>
        Values.Aggregate(rules, static (r, v) => v.Over(r)) with
        {
            Origin = $"{rules.Origin}, overridden for {sku} until {UntilWords}: {Reason}",
        };

    private string UntilWords =>
        Until.UtcDateTime is var end && end.TimeOfDay == TimeSpan.Zero
            ? end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : end.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What a text says as a policy.</summary>
/// <param name="Policy">Null if it has a mistake.</param>
/// <param name="Mistakes">Each with its JSON path, such as <c>$.items[2].until</c>.</param>
public sealed record PricePolicyReading(PricePolicy? Policy, IReadOnlyList<Rejection> Mistakes);
