using System.Globalization;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Live;

namespace Stockgate.Platform.Promotions;

/// <summary>
/// The promotion policy from the settings under <c>Promotions__</c>; what is not set is <see cref="PromotionPolicy"/>'s default. Scalars
/// go by their names (<c>Promotions__StockMaxAge=04:00:00</c>), lists by index (<c>Promotions__StoreTasks__0=signage</c>;
/// <c>Promotions__StoreTasks=none</c> for an empty one), approvals as <c>Promotions__Approvals__GBP__0__MaxAmount</c>,
/// <c>__MaxDepthPercent</c>, <c>__MaxMarginImpact</c>, <c>__Roles=finance,commercial-director</c> (<c>none</c> where nobody has to),
/// <c>__Accounting</c>.
/// </summary>
internal static class PromotionSettings
{
    private const string None = "none";

    /// <exception cref="InvalidOperationException">A setting is invalid; the message names it.</exception>
    public static PromotionPolicy Read(IConfiguration configuration)
    {
        var (section, safe) = (configuration.GetSection("Promotions"), new PromotionPolicy());
        TimeSpan Span(string name, TimeSpan fallback) =>
            section[name] is not { } text ? fallback
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero ? span
            : throw Wrong(section.GetSection(name), $"'{text}' is not a time span such as 04:00:00");
        decimal Number(string name, decimal fallback, decimal least, decimal most) =>
            NumberOf(section.GetSection(name)) is not { } number ? fallback
            : number >= least && number <= most ? number
            : throw Wrong(section.GetSection(name), $"is {number}; it has to be between {least} and {most}");
        return safe with
        {
            Approvals = Approvals(section.GetSection("Approvals")),
            MinimumItemMarginPercent = Number("MinimumItemMarginPercent", safe.MinimumItemMarginPercent, -1000, 100),
            MinimumMarginPercent = Number("MinimumMarginPercent", safe.MinimumMarginPercent, -1000, 100),
            FloorPercentOfCost = NumberOf(section.GetSection("FloorPercentOfCost")),
            Floors = section
                .GetSection("Floors")
                .GetChildren()
                .ToDictionary(static f => Sku.Asked(f.Key), static f => NumberOf(f) ?? throw Wrong(f, "is empty")),
            ExcludedItems = Texts(section.GetSection("ExcludedItems"), []).Select(static sku => Sku.Asked(sku)).ToHashSet(),
            ExcludedCategories = Texts(section.GetSection("ExcludedCategories"), []).ToHashSet(StringComparer.Ordinal),
            RecalledItems = Texts(section.GetSection("RecalledItems"), []).Select(static sku => Sku.Asked(sku)).ToHashSet(),
            Blackouts = [.. section.GetSection("Blackouts").GetChildren().Select(Blackout)],
            StockMaxAge = Span("StockMaxAge", safe.StockMaxAge),
            ForecastMaxAge = Span("ForecastMaxAge", safe.ForecastMaxAge),
            MinimumCoverPercent = Number("MinimumCoverPercent", safe.MinimumCoverPercent, 0.01m, 100),
            ShortRegion = ShortRegion(section.GetSection("ShortRegion")),
            ShelfTime = Span("ShelfTime", safe.ShelfTime),
            SupplierLeadTime = Span("SupplierLeadTime", safe.SupplierLeadTime),
            FundingRedBefore = Span("FundingRedBefore", safe.FundingRedBefore),
            StoreTasks = Texts(section.GetSection("StoreTasks"), safe.StoreTasks),
            StoreTaskLead = Span("StoreTaskLead", safe.StoreTaskLead),
            Elasticity = Number("Elasticity", safe.Elasticity, 0.01m, 20),
            ColdStartUnitsPerDay = Number("ColdStartUnitsPerDay", safe.ColdStartUnitsPerDay, 0, 1_000_000),
            PrepareLead = Span("PrepareLead", safe.PrepareLead),
            FinalCheckLead = Span("FinalCheckLead", safe.FinalCheckLead),
            PrepareTime = Span("PrepareTime", safe.PrepareTime),
            ActivateTime = Span("ActivateTime", safe.ActivateTime),
            RevertTime = Span("RevertTime", safe.RevertTime),
            RetryEvery = Span("RetryEvery", safe.RetryEvery),
            AskEvery = Span("AskEvery", safe.AskEvery),
            JudgeEvery = Span("JudgeEvery", safe.JudgeEvery),
            MonitorEvery = Span("MonitorEvery", safe.MonitorEvery),
            ApprovalSla = Span("ApprovalSla", safe.ApprovalSla),
            ClaimTerm = Span("ClaimTerm", safe.ClaimTerm),
        };
    }

    /// <summary>
    /// Thresholds of the monitor: <c>Promotions__Monitor__FastRatio</c> and so on, by the names of <see cref="MonitorLimits"/>.
    /// </summary>
    public static MonitorLimits Limits(IConfiguration configuration) =>
        Bound(configuration.GetSection("Promotions:Monitor"), new MonitorLimits());

    /// <summary>
    /// The automatic actions of the monitor: <c>Promotions__Actions__EndPromotion=Approve</c>, by the names of <see cref="ActionPolicy"/>.
    /// </summary>
    public static ActionPolicy Actions(IConfiguration configuration) =>
        Bound(configuration.GetSection("Promotions:Actions"), new ActionPolicy());

    private static T Bound<T>(IConfigurationSection section, T defaults)
        where T : class
    {
        section.Bind(defaults, static options => options.ErrorOnUnknownConfiguration = true);
        return defaults;
    }

    private static List<ApprovalMatrix> Approvals(IConfigurationSection section) =>
        [
            .. section
                .GetChildren()
                .Select(static matrix => new ApprovalMatrix(
                    Currency.TryParse(matrix.Key, out var currency) ? currency : throw Wrong(matrix, "is not an ISO 4217 currency"),
                    [
                        .. matrix
                            .GetChildren()
                            .OrderBy(static row => int.TryParse(row.Key, out var place) ? place : int.MaxValue)
                            .Select(static row => new ApprovalRow(
                                NumberOf(row.GetSection("MaxAmount")),
                                NumberOf(row.GetSection("MaxDepthPercent")),
                                NumberOf(row.GetSection("MaxMarginImpact")),
                                Roles(row.GetSection("Roles")),
                                NameOf(row.GetSection("Accounting"), DiscountAccounting.RevenueReduction)
                            )),
                    ]
                )),
        ];

    // A row without roles must not mean that no approval is needed.
    private static string[] Roles(IConfigurationSection section) =>
        section.Value == None ? []
        : (section.Value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            is { Length: > 0 } roles
            ? roles
        : throw Wrong(section, $"is missing; give the roles that approve, separated by commas, or {None} for no approval");

    private static Blackout Blackout(IConfigurationSection section) =>
        new(section["Name"] ?? section.Key, Moment(section.GetSection("From")), Moment(section.GetSection("To")), "the settings");

    private static ShortRegionPlan ShortRegion(IConfigurationSection section) =>
        new(
            NameOf(section.GetSection("Policy"), ShortRegionPolicy.None),
            [.. Texts(section.GetSection("Channels"), []).Select(static c => new SalesChannelId(c))],
            [.. Texts(section.GetSection("Locations"), []).Select(static l => new LocationId(l))],
            section["Delay"] is not { } delay ? default
                : TimeSpan.TryParse(delay, CultureInfo.InvariantCulture, out var later) && later > TimeSpan.Zero ? later
                : throw Wrong(section.GetSection("Delay"), $"'{delay}' is not a time span such as 04:00:00")
        );

    private static IReadOnlyList<string> Texts(IConfigurationSection section, IReadOnlyList<string> fallback) =>
        section.Value == None ? []
        : section.GetChildren().Select(static text => text.Value!).ToList() is { Count: > 0 } texts ? texts
        : fallback;

    private static decimal? NumberOf(IConfigurationSection section) =>
        section.Value is not { Length: > 0 } text ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw Wrong(section, $"'{text}' is not a number");

    private static T NameOf<T>(IConfigurationSection section, T fallback)
        where T : struct, Enum =>
        section.Value is not { } text ? fallback
        : Enum.TryParse<T>(text, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known
        : throw Wrong(section, $"'{text}' is not one of {string.Join(", ", Enum.GetNames<T>())}");

    private static DateTimeOffset Moment(IConfigurationSection section) =>
        DateTimeOffset.TryParse(section.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw Wrong(section, $"'{section.Value}' is not a time such as 2026-12-24T00:00:00Z");

    private static InvalidOperationException Wrong(IConfigurationSection setting, string what) =>
        new($"The setting {setting.Path.Replace(":", "__", StringComparison.Ordinal)} {what}.");
}
