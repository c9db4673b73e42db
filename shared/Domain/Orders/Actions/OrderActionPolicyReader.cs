using System.Text.Json;
using Stockgate.Domain.Approvals;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>
/// Reads a policy member by member, so that its author gets every mistake at once; a member that is not known is one, for a rule with a
/// mistyped bound would have none.
/// </summary>
internal static class OrderActionPolicyReader
{
    /// <summary>Rules of a policy, and characters of its text: more is not read.</summary>
    public const int MostRules = 100,
        MostBytes = 64 * 1024;

    public static readonly TimeSpan LongestSla = TimeSpan.FromDays(30),
        LongestWindow = TimeSpan.FromDays(90);

    // Read once: what is embedded does not change.
    private static readonly Lazy<OrderActionPolicy> Embedded = new(static () =>
    {
        var reading = Read(System.Text.Encoding.UTF8.GetBytes(EmbeddedText.Of("order-action-policy.json")));
        return reading.Policy
            ?? throw new InvalidOperationException(
                $"order-action-policy.json is invalid: {string.Join("; ", reading.Mistakes.Select(static m => $"{m.Field} {m.Reason}"))}"
            );
    });

    /// <summary>The members that are read, by where they stand; the schema names the same.</summary>
    internal static readonly string[] PolicyMembers = ["$schema", "version", "currency", "rules", "codeAbove", "riskWeights", "sums"],
        SumMembers = ["order", "customer", "requester"],
        RuleMembers = ["name", "actions", "maxAmount", "maxRisk", "reversible", "level", "roles", "sla", "escalateTo", "invite"],
        WeightMembers =

        [
            "value",
            "valueFullAt",
            "returns",
            "returnsFullAt",
            "address",
            "addressFullAt",
            "velocity",
            "velocityFullAt",
            "promotion",
            "age",
            "ageFullAt",
            "unknownCustomer",
            "medium",
            "high",
        ];

    public static OrderActionPolicy Default => Embedded.Value;

    public static string DefaultJson { get; } = EmbeddedText.Of("order-action-policy.json");

    public static string SchemaJson { get; } = EmbeddedText.Of("order-action-policy.schema.json");

    public static OrderActionPolicyReading Read(ReadOnlySpan<byte> utf8)
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

    private static OrderActionPolicy Policy(JsonMembers policy)
    {
        policy.Only(PolicyMembers);
        var (currency, named) = (default(Currency), policy.Text("currency", required: true));
        if (named is not null && !Currency.TryParse(named, out currency))
            policy.Add("currency", "is not an ISO 4217 currency code such as GBP");
        var rules = policy.Objects("rules", MostRules).Select(Rule).ToList();
        foreach (var (rule, i) in rules.Select(static (r, i) => (r, i)))
            if (rules.FindIndex(r => r.Name == rule.Name) is var first && first < i && rule.Name.Length > 0)
                policy.Add($"rules[{i}].name", $"is {rule.Name}, the same as rules[{first}]; rule names must be unique");
        return new OrderActionPolicy
        {
            Version = (int)(policy.Number("version", 1, 1_000_000, whole: true, required: true) ?? 0),
            Currency = currency,
            Rules = rules,
            CodeAbove = policy.Number("codeAbove", 0, Limits.Number),
            RiskWeights = policy.Object("riskWeights") is { } weights ? Weights(weights) : new RiskWeights(),
            Sums = policy.Object("sums") is { } sums ? Windows(sums) : new SumWindows(),
        };
    }

    private static OrderActionRule Rule(JsonMembers rule)
    {
        rule.Only(RuleMembers);
        var actions = rule.Enums<OrderActionKind>("actions");
        var level = rule.Enum<AutonomyLevel>("level");
        var roles = rule.Texts("roles", 5);
        var sla = rule.Text("sla", required: false) is { } text ? Sla(rule, text) : null;
        // A rule whose level can't be read has one mistake, and not three.
        if (level is { } known)
        {
            var asked = known switch
            {
                AutonomyLevel.AskOne => 1,
                AutonomyLevel.AskTwoInOrder => 2,
                _ => 0,
            };
            if (asked > 0 && roles.Count != asked)
                rule.Add("roles", $"has {roles.Count}; {known} needs {asked}");
            if (asked == 2 && roles.Count == 2 && roles[0] == roles[1])
                rule.Add("roles", $"is {roles[0]} twice; the two roles must differ");
            if (asked > 0 && sla is null && !rule.Has("sla"))
                rule.Add("sla", $"is missing; {known} needs one, such as 04:00:00");
            if (known == AutonomyLevel.Never && roles.Count > 0)
                rule.Add("roles", "does not belong to Never; leave it out");
        }
        return new OrderActionRule
        {
            Name = rule.Text("name", required: true) ?? "",
            Actions = actions,
            MaxAmount = rule.Number("maxAmount", 0, Limits.Number),
            MaxRisk = (int?)rule.Number("maxRisk", 0, 100, whole: true),
            Reversible = rule.Bool("reversible"),
            Level = level ?? AutonomyLevel.Never,
            Roles = roles,
            Sla = sla,
            EscalateTo = rule.Text("escalateTo", required: false),
            Invite = (int)(rule.Number("invite", 1, 20, whole: true) ?? 1),
        };
    }

    private static TimeSpan? Sla(JsonMembers rule, string text)
    {
        if (
            TimeSpan.TryParseExact(text, "c", System.Globalization.CultureInfo.InvariantCulture, out var sla)
            && sla > TimeSpan.Zero
            && sla <= LongestSla
        )
            return sla;
        rule.Add("sla", $"is '{text}'; give a time above zero and up to 30 days, such as 04:00:00 or 1.12:00:00");
        return null;
    }

    private static SumWindows Windows(JsonMembers sums)
    {
        sums.Only(SumMembers);
        var standard = new SumWindows();
        return new SumWindows
        {
            Order = Window(sums, "order", standard.Order),
            Customer = Window(sums, "customer", standard.Customer),
            Requester = Window(sums, "requester", standard.Requester),
        };
    }

    private static TimeSpan Window(JsonMembers sums, string member, TimeSpan otherwise)
    {
        if (sums.Text(member, required: false) is not { } text)
            return otherwise;
        if (
            TimeSpan.TryParseExact(text, "c", System.Globalization.CultureInfo.InvariantCulture, out var window)
            && window >= TimeSpan.Zero
            && window <= LongestWindow
        )
            return window;
        sums.Add(member, $"is '{text}'; give a time up to {LongestWindow.TotalDays:0} days such as 30.00:00:00, or 00:00:00 for no sum");
        return otherwise;
    }

    private static RiskWeights Weights(JsonMembers weights)
    {
        weights.Only(WeightMembers);
        var standard = new RiskWeights();
        int Points(string member, int otherwise) => (int)(weights.Number(member, 0, 100, whole: true) ?? otherwise);
        decimal FullAt(string member, decimal otherwise) => weights.Number(member, 0.01m, Limits.Number) ?? otherwise;
        var read = new RiskWeights
        {
            Value = Points("value", standard.Value),
            ValueFullAt = FullAt("valueFullAt", standard.ValueFullAt),
            Returns = Points("returns", standard.Returns),
            ReturnsFullAt = FullAt("returnsFullAt", standard.ReturnsFullAt),
            Address = Points("address", standard.Address),
            AddressFullAt = FullAt("addressFullAt", standard.AddressFullAt),
            Velocity = Points("velocity", standard.Velocity),
            VelocityFullAt = FullAt("velocityFullAt", standard.VelocityFullAt),
            Promotion = Points("promotion", standard.Promotion),
            Age = Points("age", standard.Age),
            AgeFullAt = FullAt("ageFullAt", standard.AgeFullAt),
            UnknownCustomer = Points("unknownCustomer", standard.UnknownCustomer),
            Medium = Points("medium", standard.Medium),
            High = Points("high", standard.High),
        };
        if (read.Medium > read.High)
            weights.Add("medium", $"is {read.Medium}, above high, {read.High}");
        return read;
    }
}
