using System.Globalization;

namespace Stockgate.Domain.Pricing;

/// <summary>A rule's member with the value that a policy gives it.</summary>
internal sealed record RuleValue(string Member, Func<PriceRules, PriceRules> Over);

/// <summary>
/// A member of the rules: its name, what it may be, and how it changes them. The one list of them: for reading, for what is not known, and
/// for the schema's test.
/// </summary>
/// <param name="Name">In JSON.</param>
/// <param name="Lowest">Null if it is no number.</param>
/// <param name="Highest">Null if it is no number.</param>
/// <param name="Value">What it is in rules; null if it is no number.</param>
/// <param name="Read">Null if it is not there, or has a mistake.</param>
internal sealed record RuleMember(
    string Name,
    decimal? Lowest,
    decimal? Highest,
    Func<PriceRules, decimal?>? Value,
    Func<JsonMembers, RuleValue?> Read
)
{
    public const int MostEndings = 20;

    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(365);

    public static readonly RuleMember[] All =
    [
        Number("marginFloor", 0, 0.99m, static r => r.MarginFloor, static (r, v) => r with { MarginFloor = v }),
        Number("marginTarget", 0, 0.99m, static r => r.MarginTarget, static (r, v) => r with { MarginTarget = v }),
        Number("ceilingAboveRegular", 0, 10, static r => r.CeilingAboveRegular, static (r, v) => r with { CeilingAboveRegular = v }),
        OrNone("ceiling", 0.001m, Limits.Number, static r => r.Ceiling, static (r, v) => r with { Ceiling = v }),
        OrNone("minimum", 0, Limits.Number, static r => r.Minimum, static (r, v) => r with { Minimum = v }),
        Number("maxStep", 0.001m, 0.9m, static r => r.MaxStep, static (r, v) => r with { MaxStep = v }),
        Whole("stepsPerDay", 1, 100, static r => r.StepsPerDay, static (r, v) => r with { StepsPerDay = v }),
        Number("minStep", 0, 0.9m, static r => r.MinStep, static (r, v) => r with { MinStep = v }),
        Number("minGain", 0, 10, static r => r.MinGain, static (r, v) => r with { MinGain = v }),
        new(
            "endings",
            0,
            0.999m,
            null,
            static m =>
                m.Has("endings") && m.Numbers("endings", 0, 0.999m, MostEndings) is var endings
                    ? new("endings", r => r with { Endings = endings })
                    : null
        ),
        Time("stockMaxAge", static (r, v) => r with { StockMaxAge = v }),
        Time("costMaxAge", static (r, v) => r with { CostMaxAge = v }),
        Time("competitorMaxAge", static (r, v) => r with { CompetitorMaxAge = v }),
        Time("forecastMaxAge", static (r, v) => r with { ForecastMaxAge = v }),
        Number("scarceUnits", 0, Limits.Number, static r => r.ScarceUnits, static (r, v) => r with { ScarceUnits = v }),
        Number("scarceDays", 0, 3650, static r => r.ScarceDays, static (r, v) => r with { ScarceDays = v }),
        Number("overstockDays", 1, 3650, static r => r.OverstockDays, static (r, v) => r with { OverstockDays = v }),
        Number("leftoverLoss", 0, 1, static r => r.LeftoverLoss, static (r, v) => r with { LeftoverLoss = v }),
        OrNone("parity", 0, 10, static r => r.Parity, static (r, v) => r with { Parity = v }),
        OrNone("aboveCompetitor", -0.5m, 10, static r => r.AboveCompetitor, static (r, v) => r with { AboveCompetitor = v }),
        Number("assumedElasticity", -10, -0.01m, static r => r.AssumedElasticity, static (r, v) => r with { AssumedElasticity = v }),
        Number("askAboveStep", 0, 0.9m, static r => r.AskAboveStep, static (r, v) => r with { AskAboveStep = v }),
        OrNone("askAboveRevenue", 0, Limits.Number, static r => r.AskAboveRevenue, static (r, v) => r with { AskAboveRevenue = v }),
        new(
            "askRole",
            null,
            null,
            null,
            static m => m.Text("askRole", required: false) is { } role ? new("askRole", r => r with { AskRole = role }) : null
        ),
        Time("askWithin", static (r, v) => r with { AskWithin = v }),
        Time("holdAfterRevert", static (r, v) => r with { HoldAfterRevert = v }),
        Number("costJump", 1.01m, 1000, static r => r.CostJump, static (r, v) => r with { CostJump = v }),
        Number("priceJump", 0.01m, 10, static r => r.PriceJump, static (r, v) => r with { PriceJump = v }),
        Whole("turns", 1, 100, static r => r.Turns, static (r, v) => r with { Turns = v }),
        Whole("effectDays", 1, 365, static r => r.EffectDays, static (r, v) => r with { EffectDays = v }),
    ];

    public static readonly string[] Names = [.. All.Select(static m => m.Name)];

    /// <summary>Those that are there.</summary>
    public static IReadOnlyList<RuleValue> ReadAll(JsonMembers members) => [.. All.Select(m => m.Read(members)).OfType<RuleValue>()];

    private static RuleMember Number(
        string name,
        decimal lowest,
        decimal highest,
        Func<PriceRules, decimal?> value,
        Func<PriceRules, decimal, PriceRules> over
    ) => new(name, lowest, highest, value, m => m.Number(name, lowest, highest) is { } given ? new(name, r => over(r, given)) : null);

    private static RuleMember Whole(
        string name,
        int lowest,
        int highest,
        Func<PriceRules, decimal?> value,
        Func<PriceRules, int, PriceRules> over
    ) =>
        new(
            name,
            lowest,
            highest,
            value,
            m => m.Number(name, lowest, highest, whole: true) is { } given ? new(name, r => over(r, (int)given)) : null
        );

    // Null takes away the bound that the category or the defaults set.
    private static RuleMember OrNone(
        string name,
        decimal lowest,
        decimal highest,
        Func<PriceRules, decimal?> value,
        Func<PriceRules, decimal?, PriceRules> over
    ) =>
        new(
            name,
            lowest,
            highest,
            value,
            m =>
                m.IsNull(name) ? new(name, r => over(r, null))
                : m.Number(name, lowest, highest) is { } given ? new(name, r => over(r, given))
                : null
        );

    private static RuleMember Time(string name, Func<PriceRules, TimeSpan, PriceRules> over) =>
        new(
            name,
            null,
            null,
            null,
            m =>
            {
                if (m.Text(name, required: false) is not { } text)
                    return null;
                if (
                    TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time)
                    && time > TimeSpan.Zero
                    && time <= LongestTime
                )
                    return new(name, r => over(r, time));
                m.Add(name, $"is '{text}'; give a time above zero and up to {LongestTime.Days} days, such as 04:00:00 or 1.12:00:00");
                return null;
            }
        );
}
