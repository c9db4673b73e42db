using Microsoft.Extensions.Configuration;
using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Platform.Access;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Forecasting.Advice;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Mail;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Orders.Accuracy;
using Stockgate.Platform.Orders.Actions;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Promotions;

namespace Stockgate.Platform.Settings;

/// <summary>
/// Reads every setting once before the app starts and lists every mistake: in values, in names, in roles. A secret is in no message.
/// </summary>
public static class SettingsCheck
{
    private static readonly string[] Sections =
    [
        "Access",
        "Channels",
        "Outbound",
        "People",
        "Promotions",
        "Mail",
        "Approvals",
        "Forecasts",
        "Orders",
        "OrderActions",
        "Locations",
    ];

    /// <returns>A line for each mistake; none where everything can be used.</returns>
    public static IReadOnlyList<string> MistakesIn(IConfiguration configuration) =>
        MistakesIn(configuration, new HashSet<string>(StringComparer.OrdinalIgnoreCase));

    /// <param name="configuration">All settings.</param>
    /// <param name="asked">Gets the name of every setting that a reader asks for.</param>
    internal static IReadOnlyList<string> MistakesIn(IConfiguration configuration, HashSet<string> asked)
    {
        var mistakes = new List<string>();
        var settings = new ReadSettings(configuration, asked);
        // One by one, so that a mistake in one channel does not hide those of the next.
        IEnumerable<Action> lists =
        [
            .. Each(settings, "Channels", static section => Channels.Read(section)),
            .. Each(settings, "Outbound", section => OutboundChannels.Read(section, OutboundChannels.AllowsPrivateAddresses(settings))),
            .. Each(settings, "People", static section => People.Read(section)),
        ];
        Action[] readers =
        [
            .. lists,
            () => ServiceRegistration.BucketsOf(settings),
            () => MailSettings.Read(settings),
            () => _ = new LinkSettings(settings),
            () => _ = new AccessSettings(settings),
            () => PromotionSettings.Read(settings),
            () => PromotionSettings.Limits(settings),
            () => PromotionSettings.Actions(settings),
            () => _ = new ForecastSettings(settings),
            () => _ = new AdviceSettingsReader(settings),
            () => _ = new OrderAccuracySettings(settings),
            () => OrderActionRegistration.Limits(settings.GetSection("OrderActions")),
            () => _ = new Places(settings),
        ];
        mistakes.AddRange(readers.SelectMany(Tried));
        // A reader that gave up at a mistake has not asked for all that it knows.
        if (mistakes.Count == 0)
            mistakes.AddRange(UnknownNames(configuration, asked));
        mistakes.AddRange(MistypedSections(configuration));
        mistakes.AddRange(MistypedRoles(configuration));
        return [.. mistakes.Distinct()];
    }

    private static IEnumerable<Action> Each(IConfiguration settings, string list, Action<IConfigurationSection> read) =>
        settings.GetSection(list).GetChildren().Select(section => (Action)(() => read(section)));

    private static IEnumerable<string> Tried(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException or ArgumentException)
        {
            return [wrong.Message];
        }
    }

    private static IEnumerable<string> UnknownNames(IConfiguration configuration, HashSet<string> asked) =>
        from section in Sections
        from setting in configuration.GetSection(section).AsEnumerable()
        where setting.Value is not null && !asked.Contains(setting.Key)
        let parent = setting.Key[..setting.Key.LastIndexOf(':')]
        let name = setting.Key[(parent.Length + 1)..]
        let below = asked.Where(a => a.StartsWith(parent + ":", StringComparison.OrdinalIgnoreCase))
        let known = below.Select(a => a[(parent.Length + 1)..].Split(':')[0]).Distinct().Order().ToList()
        select $"The setting {Shown(setting.Key)} is not known; {(known.Count == 0 ? "no component reads it" : NearestName.Hint(name, known))}.";

    // Names of environment variables with two underscores are many; one that is nearly ours is a typing mistake.
    private static IEnumerable<string> MistypedSections(IConfiguration configuration) =>
        from section in configuration.GetChildren()
        where section.Value is null && !Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase)
        let meant = NearestName.To(section.Key, Sections)
        where meant is not null
        select $"The settings {section.Key}__… are unknown; did you mean '{meant}__…'?";

    // Policies may name roles of their own, which are in storage or among the settings here. One letter off a known role is a typing
    // mistake, and gives nobody the role that was meant; further off it may be a word of the retailer's, and an app must not stay down
    // for it.
    private static IEnumerable<string> MistypedRoles(IConfiguration configuration)
    {
        var known = Role
            .Known.Concat(
                configuration
                    .GetSection("Promotions:Approvals")
                    .AsEnumerable()
                    .Where(static s => s.Key.EndsWith(":Roles", StringComparison.OrdinalIgnoreCase))
                    .SelectMany(static s => Names(s.Value))
            )
            .ToList();
        return from person in configuration.GetSection("People").GetChildren()
            from role in Names(person["Roles"])
            where !known.Contains(role, StringComparer.OrdinalIgnoreCase)
            let meant = NearestName.To(role, known, most: 1)
            where meant is not null
            select $"The setting {Shown(person.Path)}__Roles has the role '{role}', which is unknown; did you mean '{meant}'?";
    }

    private static string[] Names(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Shown(string path) => path.Replace(":", "__", StringComparison.Ordinal);
}
