using System.Globalization;
using System.Text;
using System.Text.Json;
using Stockgate.Domain.Pricing;
using static Stockgate.Domain.Tests.Pricing.PriceCases;

namespace Stockgate.Domain.Tests.Pricing;

public class PricePolicyTests
{
    private static PricePolicyReading Read(string json) => PricePolicy.Read(Encoding.UTF8.GetBytes(json));

    private static PricePolicy Good(string members) =>
        Read($$"""{ "version": 3, "leash": "Publish", {{members}} }""") is { Policy: { } policy }
            ? policy
            : throw new Xunit.Sdk.XunitException(
                string.Join("; ", Read($$"""{ "version": 3, "leash": "Publish", {{members}} }""").Mistakes)
            );

    private static string[] Mistakes(string members) =>
        [.. Read($$"""{ "version": 3, "leash": "Publish", {{members}} }""").Mistakes.Select(static m => $"{m.Field} {m.Reason}")];

    [Fact]
    public void What_is_embedded_is_off_has_no_markets_and_says_what_the_rules_say_by_themselves()
    {
        var policy = PricePolicy.Default;
        Assert.Equal((PricingLeash.Off, 0, 1), (policy.Leash, policy.Markets.Count, policy.Version));
        Assert.Equal(new PriceRules() with { Endings = [] }, policy.Defaults with { Endings = [] });
        Assert.Equal(new PriceRules().Endings, policy.Defaults.Endings);
        Assert.Equal(new CategoryRules(), policy.CategoryRulesFor("anything"));
    }

    [Fact]
    public void An_items_rules_are_its_categorys_and_its_own_while_they_last_and_say_where_they_come_from()
    {
        var policy = Good(
            """
            "defaults": { "maxStep": 0.2, "minimum": 3 }, "together": { "changesPerDay": 7 },
            "categories": { "Toys": { "marginFloor": 0.2, "minimum": null, "stockMaxAge": "02:00:00", "breakerShare": 0.5 } },
            "items": [ { "sku": "S1", "rules": { "maxStep": 0.3, "endings": [] }, "reason": "clearance", "until": "2026-12-01" } ]
            """
        );
        var now = new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero);
        var rules = policy.RulesFor(new Sku("S1"), "Toys", now);
        Assert.Equal(
            (0.3m, 0.2m, null, TimeSpan.FromHours(2), 0),
            (rules.MaxStep, rules.MarginFloor, rules.Minimum, rules.StockMaxAge, rules.Endings.Count)
        );
        Assert.Equal("category Toys, overridden for S1 until 2026-12-01: clearance", rules.Origin);
        Assert.Equal("category Toys", policy.RulesFor(new Sku("S1"), "Toys", now.AddSeconds(1)).Origin);
        Assert.Equal(
            (0.2m, 3m, "the defaults"),
            policy.RulesFor(new Sku("S2"), "toys", now) is var other ? (other.MaxStep, other.Minimum, other.Origin) : default
        );
        Assert.Equal((7, 0.5m), (policy.CategoryRulesFor("Toys").ChangesPerDay, policy.CategoryRulesFor("Toys").BreakerShare));
    }

    [Fact]
    public void Every_mistake_is_told_at_once_by_its_path()
    {
        var mistakes = Mistakes(
            """
            "defaults": { "marginFlor": 0.1, "maxStep": 2, "turns": 1.5 }, "markets": [ { "channel": "web", "region": "n", "locations": [] }, { "channel": "web", "region": "n", "locations": ["a", "a"] } ],
            "categories": { "Toys": { "marginTarget": 0.05, "askWithin": "soon" }, "": {} }, "items": [ { "sku": "S", "rules": {}, "until": "2026-12-01T10:00:00" }, { "rules": { "minStep": 0.5, "maxStep": 0.1 }, "reason": "x", "until": "2026-12-01" } ]
            """
        );
        foreach (
            var expected in new[]
            {
                "$.defaults.marginFlor is not known",
                "$.defaults.maxStep must be a number from 0.001 to 0.9",
                "$.defaults.turns must be a whole number",
                "$.markets[0].locations is empty",
                "$.markets[1].locations has a duplicate",
                "$.markets[1].channel and region duplicate an earlier market: web, n",
                "$.categories.Toys.marginTarget is 0.05, below marginFloor, 0.1",
                "$.categories.Toys.askWithin is 'soon'",
                "$.categories. is empty",
                "$.items[0].reason is missing",
                "$.items[0].until is '2026-12-01T10:00:00'",
                "$.items[1].sku is missing",
                "$.items[1].rules.minStep is 0.5, above maxStep",
            }
        )
            Assert.Contains(mistakes, m => m.StartsWith(expected, StringComparison.Ordinal));
        Assert.Equal(13, mistakes.Length);
    }

    [Fact]
    public void What_is_too_large_twice_or_no_JSON_is_not_read()
    {
        Assert.Contains("at most", Read(new string(' ', PricePolicyReader.MostBytes + 1)).Mistakes[0].Reason, StringComparison.Ordinal);
        Assert.Equal("$", Read("{").Mistakes[0].Field);
        Assert.Contains(
            Mistakes(
                """  "items": [ { "sku": "S", "rules": {}, "reason": "a", "until": "2026-12-01" }, { "sku": "S", "rules": {}, "reason": "b", "until": "2026-12-02" } ] """
            ),
            static m => m.StartsWith("$.items[1].sku duplicates an earlier item, S", StringComparison.Ordinal)
        );
        Assert.Contains(
            Mistakes(
                $$"""  "categories": { {{string.Join(",", Enumerable.Range(0, PricePolicyReader.MostCategories + 1).Select(static i => $"\"c{i}\":{{}}"))}} } """
            ),
            static m => m.StartsWith("$.categories has more than", StringComparison.Ordinal)
        );
        Assert.Contains(
            Mistakes($$"""  "markets": [ {{string.Join(",", Enumerable.Repeat("{}", PricePolicyReader.MostMarkets + 1))}} ] """),
            static m => m.StartsWith("$.markets has 501", StringComparison.Ordinal)
        );
        Assert.Contains(
            Mistakes($$"""  "items": [ {{string.Join(",", Enumerable.Repeat("{}", PricePolicyReader.MostItems + 1))}} ] """),
            static m => m.StartsWith("$.items has 5001", StringComparison.Ordinal)
        );
        Assert.Null(Read("[]").Policy);
        Assert.Null(Read("""{ "version": 1, "version": 2, "leash": "Off" }""").Policy);
    }

    [Fact]
    public void The_schema_names_what_is_read_with_the_same_bounds()
    {
        using var schema = JsonDocument.Parse(PricePolicy.SchemaJson);
        var (root, definitions) = (schema.RootElement, schema.RootElement.GetProperty("$defs"));
        Assert.Equal(PricePolicyReader.PolicyMembers.Order(), Names(root));
        Assert.Equal(PricePolicyReader.MarketMembers.Order(), Names(definitions.GetProperty("market")));
        Assert.Equal(PricePolicyReader.ItemMembers.Order(), Names(definitions.GetProperty("item")));
        Assert.Equal(PricePolicyReader.CategoryMembers.Order(), Names(definitions.GetProperty("category")));
        Assert.Equal(PricePolicyReader.TogetherMembers.Order(), Names(definitions.GetProperty("together")));
        Assert.Equal(RuleMember.Names.Order(), Names(definitions.GetProperty("rules")));
        foreach (var member in RuleMember.All.Where(static m => m.Value is not null))
        {
            var described = definitions.GetProperty("rules").GetProperty("properties").GetProperty(member.Name);
            Assert.Equal(
                (member.Name, member.Lowest, member.Highest),
                (member.Name, described.GetProperty("minimum").GetDecimal(), described.GetProperty("maximum").GetDecimal())
            );
        }

        static IEnumerable<string> Names(JsonElement of) =>
            of.GetProperty("properties").EnumerateObject().Select(static p => p.Name).Order();
    }

    [Fact]
    public void Every_rule_can_be_written_and_changes_just_itself()
    {
        var properties = typeof(PriceRules)
            .GetProperties()
            .Where(static p => p.CanWrite && p.Name is not (nameof(PriceRules.Origin) or "EqualityContract"))
            .ToDictionary(static p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));
        Assert.Equal(properties.Keys.Order(), RuleMember.Names.Order());
        foreach (var member in RuleMember.All)
        {
            var value = member.Name switch
            {
                "endings" => "[0.5]",
                "askRole" => "\"boss\"",
                _ when member.Lowest is null => "\"01:01:00\"",
                "turns" or "stepsPerDay" or "effectDays" => "9",
                _ => Inside(member),
            };
            var item = Good(
                    $$""" "items": [ { "sku": "S", "rules": { "{{member.Name}}": {{value}} }, "reason": "r", "until": "2027-01-01" } ] """
                )
                .RulesFor(new Sku("S"), "", Now);
            var changed = properties
                .Where(p =>
                    !Equals(p.Value.GetValue(item), p.Value.GetValue(PricePolicy.Default.Defaults))
                    && !(p.Key == "endings" && item.Endings.SequenceEqual(new PriceRules().Endings))
                )
                .Select(static p => p.Key);
            Assert.Equal([member.Name], changed);
        }

        static string Inside(RuleMember member) =>
            (member.Lowest!.Value + (Math.Min(member.Highest!.Value, 7) - member.Lowest.Value) * 0.37m).ToString(
                CultureInfo.InvariantCulture
            );
    }
}
