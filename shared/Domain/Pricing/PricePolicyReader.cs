using System.Globalization;
using System.Text.Json;

namespace Stockgate.Domain.Pricing;

/// <summary>Reads a policy member by member and reports every mistake with its path.</summary>
internal static class PricePolicyReader
{
    /// <summary>More is a mistake and not read.</summary>
    public const int MostMarkets = 500,
        MostItems = 5_000,
        MostCategories = 1_000,
        MostLocations = 500,
        MostBytes = 1024 * 1024;

    /// <summary>The members that are read, by where they stand; the schema names the same.</summary>
    internal static readonly string[] PolicyMembers =
        ["$schema", "version", "leash", "markets", "defaults", "together", "categories", "items"],
        MarketMembers = ["channel", "region", "locations"],
        TogetherMembers = ["changesPerDay", "breakerShare", "breakerLeast"],
        CategoryMembers = [.. RuleMember.Names, .. TogetherMembers],
        ItemMembers = ["sku", "rules", "reason", "until"];

    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];

    // Read once: what is embedded does not change.
    private static readonly Lazy<PricePolicy> Embedded = new(static () =>
    {
        var reading = Read(System.Text.Encoding.UTF8.GetBytes(EmbeddedText.Of("price-policy.json")));
        return reading.Policy
            ?? throw new InvalidOperationException(
                $"price-policy.json is invalid: {string.Join("; ", reading.Mistakes.Select(static m => $"{m.Field} {m.Reason}"))}"
            );
    });

    public static PricePolicy Default => Embedded.Value;

    public static string DefaultJson { get; } = EmbeddedText.Of("price-policy.json");

    public static string SchemaJson { get; } = EmbeddedText.Of("price-policy.schema.json");

    public static PricePolicyReading Read(ReadOnlySpan<byte> utf8)
    {
        var mistakes = new List<Rejection>();
        if (utf8.Length > MostBytes)
            return new(null, [new("$", $"has {utf8.Length} bytes; at most {MostBytes} are allowed")]);
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
            var policy = Policy(new JsonMembers(document.RootElement, "$", mistakes));
            return new(mistakes.Count == 0 ? policy : null, mistakes);
        }
        catch (JsonException broken)
        {
            return new(null, [new("$", $"is not JSON: {JsonMistake.Of(broken).Reason}")]);
        }
    }

    private static PricePolicy Policy(JsonMembers policy)
    {
        policy.Only(PolicyMembers);
        var defaults = policy.Object("defaults") is { } written
            ? Rules(written, RuleMember.Names, new PriceRules(), "the defaults", alone: true)
            : new PriceRules();
        var together = policy.Object("together") is { } all ? Together(all, TogetherMembers, new CategoryRules()) : new CategoryRules();
        var categories = policy
            .Named("categories", MostCategories)
            .ToDictionary(
                static c => c.Name,
                c => new CategoryPolicy(
                    Rules(c.Members, CategoryMembers, defaults, $"category {c.Name}", alone: true),
                    Together(c.Members, null, together)
                ),
                StringComparer.Ordinal
            );
        return new PricePolicy
        {
            Version = (int)(policy.Number("version", 1, 1_000_000, whole: true, required: true) ?? 0),
            Leash = policy.Enum<PricingLeash>("leash") ?? PricingLeash.Off,
            Markets = Markets(policy),
            Defaults = defaults,
            Together = together,
            Categories = categories,
            Items = Items(policy, defaults),
        };
    }

    private static PriceRules Rules(JsonMembers members, string[] known, PriceRules over, string origin, bool alone)
    {
        members.Only(known);
        var values = RuleMember.ReadAll(members);
        var rules = values.Aggregate(over, static (r, v) => v.Over(r)) with { Origin = origin };
        RuleCheck.Of(members, values, rules, alone);
        return rules;
    }

    private static CategoryRules Together(JsonMembers members, string[]? known, CategoryRules over)
    {
        if (known is not null)
            members.Only(known);
        return new CategoryRules
        {
            ChangesPerDay = (int)(members.Number("changesPerDay", 0, 1_000_000, whole: true) ?? over.ChangesPerDay),
            BreakerShare = members.Number("breakerShare", 0.001m, 1) ?? over.BreakerShare,
            BreakerLeast = (int)(members.Number("breakerLeast", 1, 1_000_000, whole: true) ?? over.BreakerLeast),
        };
    }

    private static List<PriceMarket> Markets(JsonMembers policy)
    {
        var (read, seen) = (new List<PriceMarket>(), new HashSet<(string?, string?)>());
        foreach (var market in policy.Objects("markets", MostMarkets, required: false))
        {
            market.Only(MarketMembers);
            var (channel, region, locations) = (
                market.Text("channel", required: true),
                market.Text("region", required: true),
                market.Texts("locations", MostLocations)
            );
            if (locations.Count == 0)
                market.Add("locations", "is empty; a market needs at least one location");
            else if (locations.Distinct().Count() != locations.Count)
                market.Add("locations", "has a duplicate; its stock would count twice");
            if (channel is null || region is null)
                continue;
            if (!seen.Add((channel, region)))
                market.Add("channel", $"and region duplicate an earlier market: {channel}, {region}");
            read.Add(
                new PriceMarket(new SalesChannelId(channel), new RegionId(region), [.. locations.Select(static l => new LocationId(l))])
            );
        }
        return read;
    }

    private static Dictionary<Sku, ItemOverride> Items(JsonMembers policy, PriceRules defaults)
    {
        var read = new Dictionary<Sku, ItemOverride>();
        foreach (var item in policy.Objects("items", MostItems, required: false))
        {
            item.Only(ItemMembers);
            var (sku, reason, until, values) = (
                item.Sku("sku"),
                item.Sentence("reason"),
                Moment(item, "until"),
                (IReadOnlyList<RuleValue>)[]
            );
            if (item.Object("rules") is { } rules)
            {
                rules.Only(RuleMember.Names);
                values = RuleMember.ReadAll(rules);
                RuleCheck.Of(rules, values, values.Aggregate(defaults, static (r, v) => v.Over(r)), alone: false);
            }
            else
                item.Add("rules", "is missing");
            if (
                sku is { } named
                && reason is not null
                && until is { } end
                && !read.TryAdd(
                    named,
                    new ItemOverride
                    {
                        Reason = reason,
                        Until = end,
                        Values = values,
                    }
                )
            )
                item.Add("sku", $"duplicates an earlier item, {sku}");
        }
        return read;
    }

    private static DateTimeOffset? Moment(JsonMembers item, string member)
    {
        if (item.Text(member, required: true) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        // Without an offset it would be another moment on every machine.
        var told = text.Length > 11 && text.AsSpan(11).IndexOfAny("Z+-") >= 0;
        if (told && DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return moment;
        item.Add(
            member,
            $"is '{text}'; give the first day on which it no longer applies, such as 2026-12-01 (UTC), or a time with its offset such as 2026-12-01T18:00:00Z"
        );
        return null;
    }
}
