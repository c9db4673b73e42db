using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

public class OrderActionPolicyTests
{
    private const string Ask = """{"name":"r","actions":["Refund"],"level":"AskOne","roles":["lead"],"sla":"04:00:00"}""";

    private static string Policy(string rules, string more = "") => $$"""{"version":3,"currency":"GBP"{{more}},"rules":[{{rules}}]}""";

    private static OrderActionPolicyReading Read(string json) => OrderActionPolicy.Read(Encoding.UTF8.GetBytes(json));

    private static JsonElement Embedded(string name)
    {
        using var stream = typeof(OrderActionPolicy).Assembly.GetManifestResourceStream(name)!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }

    public static TheoryData<string, string> Broken =>
        new()
        {
            { "not json", "$" },
            { "[]", "$" },
            { """{"currency":"GBP","rules":[]}""", "$.version" },
            { Policy(Ask).Replace("3", "0", StringComparison.Ordinal), "$.version" },
            { Policy(Ask).Replace("3,", "3.5,", StringComparison.Ordinal), "$.version" },
            { Policy(Ask).Replace("GBP", "QQQ", StringComparison.Ordinal), "$.currency" },
            { Policy(Ask, ",\"codeAbove\":-1"), "$.codeAbove" },
            { Policy(Ask, ",\"kodeAbove\":1"), "$.kodeAbove" },
            { Policy(Ask, ",\"version\":4"), "$.version" },
            { Policy(""), "$.rules" },
            { Policy("7"), "$.rules[0]" },
            { Policy(Ask + "," + Ask), "$.rules[1].name" },
            { Policy(Ask.Replace("\"Refund\"", "\"Delete\"", StringComparison.Ordinal)), "$.rules[0].actions[0]" },
            { Policy(Ask.Replace("\"Refund\"", "\"Refund\",\"Refund\"", StringComparison.Ordinal)), "$.rules[0].actions" },
            { Policy(Ask.Replace("\"Refund\"", "", StringComparison.Ordinal)), "$.rules[0].actions" },
            { Policy(Ask.Replace("\"Refund\"", "\"0\"", StringComparison.Ordinal)), "$.rules[0].actions[0]" },
            { Policy(Ask.Replace("AskOne", "Act, Never", StringComparison.Ordinal)), "$.rules[0].level" },
            { Policy(Ask.Replace("AskOne", "AskTwoInOrder", StringComparison.Ordinal)), "$.rules[0].roles" },
            { Policy(Ask.Replace("\"lead\"", "", StringComparison.Ordinal)), "$.rules[0].roles" },
            {
                Policy(
                    Ask.Replace("AskOne", "AskTwoInOrder", StringComparison.Ordinal)
                        .Replace("\"lead\"", "\"lead\",\"lead\"", StringComparison.Ordinal)
                ),
                "$.rules[0].roles"
            },
            { Policy(Ask.Replace("AskOne", "Never", StringComparison.Ordinal)), "$.rules[0].roles" },
            { Policy(Ask.Replace(",\"sla\":\"04:00:00\"", "", StringComparison.Ordinal)), "$.rules[0].sla" },
            { Policy(Ask.Replace("04:00:00", "00:00:00", StringComparison.Ordinal)), "$.rules[0].sla" },
            { Policy(Ask.Replace("04:00:00", "30.00:00:01", StringComparison.Ordinal)), "$.rules[0].sla" },
            { Policy(Ask.Replace("04:00:00", "-04:00:00", StringComparison.Ordinal)), "$.rules[0].sla" },
            { Policy(Ask.Replace("04:00:00", "4 hours", StringComparison.Ordinal)), "$.rules[0].sla" },
            { Policy(Ask.Replace("}", ",\"maxRisk\":101}", StringComparison.Ordinal)), "$.rules[0].maxRisk" },
            { Policy(Ask.Replace("}", ",\"maxAmount\":\"25\"}", StringComparison.Ordinal)), "$.rules[0].maxAmount" },
            { Policy(Ask.Replace("}", ",\"maxAmout\":25}", StringComparison.Ordinal)), "$.rules[0].maxAmout" },
            { Policy(Ask.Replace("}", ",\"reversible\":\"yes\"}", StringComparison.Ordinal)), "$.rules[0].reversible" },
            { Policy(Ask.Replace("}", ",\"invite\":0}", StringComparison.Ordinal)), "$.rules[0].invite" },
            { Policy(Ask.Replace("}", ",\"escalateTo\":\" \"}", StringComparison.Ordinal)), "$.rules[0].escalateTo" },
            { Policy(Ask, ",\"riskWeights\":{\"value\":101}"), "$.riskWeights.value" },
            { Policy(Ask, ",\"riskWeights\":{\"valueFullAt\":0}"), "$.riskWeights.valueFullAt" },
            { Policy(Ask, ",\"riskWeights\":{\"medium\":70}"), "$.riskWeights.medium" },
        };

    [Theory, MemberData(nameof(Broken))]
    public void A_mistake_is_told_by_its_path(string json, string path)
    {
        var reading = Read(json);
        Assert.Null(reading.Policy);
        Assert.Contains(path, reading.Mistakes.Select(static m => m.Field));
        Assert.All(reading.Mistakes, m => Assert.NotEmpty(m.Reason));
    }

    [Fact]
    public void Every_mistake_is_told_at_once() =>
        Assert.Equal(
            ["$.codeAbove", "$.currency", "$.rules[0].roles", "$.rules[1].level"],
            Read(
                Policy(
                        Ask.Replace("\"lead\"", "", StringComparison.Ordinal) + ",{\"name\":\"b\",\"actions\":[\"Hold\"]}",
                        ",\"codeAbove\":\"x\""
                    )
                    .Replace("GBP", "??", StringComparison.Ordinal)
            )
                .Mistakes.Select(static m => m.Field)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void What_a_policy_says_is_read()
    {
        var policy = Read(
            Policy(
                """{"name":"r","actions":["Refund","Cancel"],"maxAmount":25.5,"maxRisk":29,"reversible":false,"level":"AskTwoInOrder","roles":["lead","finance"],"sla":"1.04:00:00","escalateTo":"ops","invite":3}""",
                ",\"codeAbove\":100,\"riskWeights\":{\"value\":40}"
            )
        ).Policy!;
        var rule = Assert.Single(policy.Rules);
        Assert.Equal((3, 100m, 40, 25), (policy.Version, policy.CodeAbove, policy.RiskWeights.Value, policy.RiskWeights.Returns));
        Assert.Equal(
            (25.5m, 29, false, TimeSpan.FromHours(28), "ops", 3),
            (rule.MaxAmount!.Value, rule.MaxRisk!.Value, rule.Reversible!.Value, rule.Sla!.Value, rule.EscalateTo!, rule.Invite)
        );
        Assert.Equal([OrderActionKind.Refund, OrderActionKind.Cancel], rule.Actions);
        Assert.Equal(["lead", "finance"], rule.Roles);
    }

    [Fact]
    public void The_schema_and_the_reader_name_the_same_members()
    {
        var schema = Embedded("order-action-policy.schema.json");
        static IEnumerable<string> Names(JsonElement of) =>
            of.GetProperty("properties").EnumerateObject().Select(static p => p.Name).Order(StringComparer.Ordinal);
        var rule = schema.GetProperty("$defs").GetProperty("rule");
        Assert.Equal(OrderActionPolicyReader.PolicyMembers.Order(StringComparer.Ordinal), Names(schema));
        Assert.Equal(OrderActionPolicyReader.RuleMembers.Order(StringComparer.Ordinal), Names(rule));
        Assert.Equal(
            OrderActionPolicyReader.WeightMembers.Order(StringComparer.Ordinal),
            Names(schema.GetProperty("properties").GetProperty("riskWeights"))
        );
        Assert.Equal(
            Enum.GetNames<OrderActionKind>(),
            rule.GetProperty("properties")
                .GetProperty("actions")
                .GetProperty("items")
                .GetProperty("enum")
                .EnumerateArray()
                .Select(static e => e.GetString()!)
        );
        Assert.Equal(
            Enum.GetNames<AutonomyLevel>(),
            rule.GetProperty("properties").GetProperty("level").GetProperty("enum").EnumerateArray().Select(static e => e.GetString()!)
        );
        // What the schema requires the reader misses.
        foreach (var required in rule.GetProperty("required").EnumerateArray().Select(static e => e.GetString()!))
        {
            var without = JsonNode.Parse(Ask)!.AsObject();
            without.Remove(required);
            Assert.Contains($"$.rules[0].{required}", Read(Policy(without.ToJsonString())).Mistakes.Select(static m => m.Field));
        }
    }

    [Fact]
    public void The_default_says_its_weights_as_the_code_does() => Assert.Equal(new RiskWeights(), OrderActionPolicy.Default.RiskWeights);

    public static TheoryData<OrderActionKind, decimal?, int, bool, AutonomyLevel, string?> Defaults =>
        new()
        {
            { OrderActionKind.Hold, null, 0, true, AutonomyLevel.ActAndTell, "hold-and-release" },
            { OrderActionKind.Release, null, 60, true, AutonomyLevel.ActAndTell, "hold-and-release" },
            { OrderActionKind.Cancel, 100, 29, true, AutonomyLevel.Act, "small-cancellation-before-picking" },
            { OrderActionKind.Cancel, 100.01m, 29, true, AutonomyLevel.AskOne, "one-decides" },
            { OrderActionKind.Cancel, 100, 30, true, AutonomyLevel.AskOne, "one-decides" },
            { OrderActionKind.CancelLines, 50, 10, false, AutonomyLevel.AskOne, "one-decides" },
            { OrderActionKind.Refund, 25, 29, false, AutonomyLevel.ActAndTell, "small-refund" },
            { OrderActionKind.Refund, 25.01m, 0, false, AutonomyLevel.AskOne, "one-decides" },
            { OrderActionKind.Refund, 250, 59, false, AutonomyLevel.AskOne, "one-decides" },
            { OrderActionKind.Refund, 250.01m, 0, false, AutonomyLevel.AskTwoInOrder, "two-decide" },
            { OrderActionKind.Refund, 5, 60, false, AutonomyLevel.Never, "risky-and-final" },
            { OrderActionKind.ChangeAddress, 99, 10, true, AutonomyLevel.ActAndTell, "small-change-before-picking" },
            { OrderActionKind.ChangeAddress, 800, 10, true, AutonomyLevel.AskOne, "address" },
            { OrderActionKind.ChangeAddress, 1001, 10, true, AutonomyLevel.AskTwoInOrder, "two-decide" },
            { OrderActionKind.ChangeAddress, 50, 70, true, AutonomyLevel.AskTwoInOrder, "risky-but-reversible" },
            { OrderActionKind.ChangeAddress, 50, 70, false, AutonomyLevel.Never, "risky-and-final" },
            { OrderActionKind.Reroute, 900, 20, true, AutonomyLevel.ActAndTell, "reroute-before-picking" },
            { OrderActionKind.Reroute, 2000, 20, true, AutonomyLevel.AskOne, "reroute" },
            { OrderActionKind.Substitute, 30, 10, true, AutonomyLevel.ActAndTell, "small-change-before-picking" },
        };

    private static ActionAutonomy Decide(
        OrderActionPolicy policy,
        OrderActionKind action,
        Money? exposure,
        int risk,
        bool reversible,
        bool possible = true,
        bool byAgent = false
    ) =>
        policy.Decide(
            action,
            new(possible, []),
            new()
            {
                Exposure = exposure,
                Reversible = reversible,
                Words = "",
            },
            new(risk, RiskBand.Low, []),
            byAgent: byAgent
        );

    [Theory]
    [InlineData(OrderActionKind.Refund, 10.0), InlineData(OrderActionKind.Cancel, 10.0), InlineData(OrderActionKind.Reroute, 10.0)]
    [InlineData(OrderActionKind.Hold, null), InlineData(OrderActionKind.Release, null)]
    public void What_policy_would_do_alone_goes_to_a_person_if_an_agent_asks(OrderActionKind action, double? amount)
    {
        var money = amount is { } some ? new Money((decimal)some, Given.Gbp) : (Money?)null;
        Assert.True(Decide(OrderActionPolicy.Default, action, money, 0, true).Level is AutonomyLevel.Act or AutonomyLevel.ActAndTell);
        var asked = Decide(OrderActionPolicy.Default, action, money, 0, true, byAgent: true);
        Assert.Equal(AutonomyLevel.AskOne, asked.Level);
        Assert.NotEmpty(asked.Roles);
        Assert.NotNull(asked.Sla);
        Assert.Contains("asked for by an agent", asked.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_policy_forbids_stays_forbidden_if_an_agent_asks() =>
        Assert.Equal(
            AutonomyLevel.Never,
            Decide(OrderActionPolicy.Default, OrderActionKind.Refund, new Money(10, Given.Gbp), 100, false, byAgent: true).Level
        );

    [Theory, MemberData(nameof(Defaults))]
    public void The_level_matches_the_cost_of_being_wrong(
        OrderActionKind action,
        decimal? amount,
        int risk,
        bool reversible,
        AutonomyLevel level,
        string? rule
    )
    {
        var autonomy = Decide(OrderActionPolicy.Default, action, amount is { } a ? new Money(a, Given.Gbp) : null, risk, reversible);
        Assert.Equal((level, rule), (autonomy.Level, autonomy.RuleName));
        Assert.Equal(
            level switch
            {
                AutonomyLevel.AskOne => 1,
                AutonomyLevel.AskTwoInOrder => 2,
                _ => autonomy.Roles.Count,
            },
            autonomy.Roles.Count
        );
        Assert.Equal(level is AutonomyLevel.AskOne or AutonomyLevel.AskTwoInOrder, autonomy.Sla is not null);
        Assert.Equal(level is AutonomyLevel.AskOne or AutonomyLevel.AskTwoInOrder && amount > 1000, autonomy.NeedsCode);
        Assert.NotEmpty(autonomy.Words);
    }

    [Fact]
    public void More_money_or_more_risk_never_loosens_the_leash() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var (action, amount, risk, reversible) = (
                    (OrderActionKind)random.Next(8),
                    random.Next(1500),
                    random.Next(101),
                    random.Next(2) == 0
                );
                AutonomyLevel Level(int money, int score, bool back) =>
                    Decide(OrderActionPolicy.Default, action, new Money(money, Given.Gbp), score, back).Level;
                return Level(amount, risk, reversible)
                        <= Level(amount + random.Next(500), Math.Min(100, risk + random.Next(50)), reversible)
                    && Level(amount, risk, true) <= Level(amount, risk, false);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void An_amount_in_another_currency_is_never_left_to_the_system() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var autonomy = Decide(
                    OrderActionPolicy.Default,
                    (OrderActionKind)random.Next(8),
                    new Money(random.Next(1, 300), Given.Eur),
                    random.Next(101),
                    random.Next(2) == 0
                );
                return autonomy.Level >= AutonomyLevel.AskOne && (autonomy.Level == AutonomyLevel.Never || autonomy.NeedsCode);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Where_no_rule_fits_nothing_is_done()
    {
        var policy = Read(Policy(Ask)).Policy!;
        Assert.Equal(
            (AutonomyLevel.Never, null),
            (Decide(policy, OrderActionKind.Cancel, null, 0, true).Level, Decide(policy, OrderActionKind.Cancel, null, 0, true).RuleName)
        );
        Assert.Equal(AutonomyLevel.AskOne, Decide(policy, OrderActionKind.Refund, new Money(1, Given.Gbp), 0, true).Level);
        Assert.Equal(AutonomyLevel.Never, Decide(policy, OrderActionKind.Refund, new Money(1, Given.Gbp), 0, true, possible: false).Level);
    }

    [Fact]
    public void A_text_without_end_is_not_read() =>
        Assert.Equal("$", Assert.Single(Read(new string(' ', OrderActionPolicyReader.MostBytes + 1)).Mistakes).Field);
}
