using System.Globalization;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Outbound;

/// <summary>
/// The channels that prices are sent to: <c>Outbound__NAME__Kind</c> (Erp, Pos, Ecommerce, Oms, Wms, Marketplace), <c>Url</c>,
/// <c>Secrets__0</c> (whsec_…), and where the default does not fit <c>Confirm</c> (Callback or Poll), <c>AnswersFrom</c> (NAME),
/// <c>LeadTime</c> (00:00:00), <c>Needs</c>, <c>ReadyMaxAge</c> (7.00:00:00), <c>AsksReadiness</c> (true for Wms and Ecommerce),
/// <c>Timeout</c> (00:00:10), <c>OrdersOf</c> (ingest channels, separated by commas, whose orders it carries actions out for).
/// <c>OutboundAllowPrivateAddresses</c> (false) lets all of them be inside our own network, and be spoken to over plain http.
/// </summary>
public sealed class OutboundChannels
{
    private const int LongestNeeds = 128;

    private readonly Dictionary<string, OutboundChannel> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">A channel's settings can't be used; the message names the setting, never a
    /// secret.</exception>
    public OutboundChannels(IConfiguration configuration)
    {
        AllowPrivateAddresses = AllowsPrivateAddresses(configuration);
        foreach (var section in configuration.GetSection("Outbound").GetChildren())
            byName[section.Key] = Read(section, AllowPrivateAddresses);
        All = [.. byName.Values.OrderBy(static c => c.Id.Value, StringComparer.Ordinal)];
    }

    /// <summary>Whether a channel may be at an address that the internet does not reach.</summary>
    public bool AllowPrivateAddresses { get; }

    internal static bool AllowsPrivateAddresses(IConfiguration configuration) =>
        Flag(configuration.GetSection("OutboundAllowPrivateAddresses"), otherwise: false);

    /// <summary>By name.</summary>
    public IReadOnlyList<OutboundChannel> All { get; }

    public OutboundChannel? Find(SalesChannelId channel) => byName.GetValueOrDefault(channel.Value);

    /// <summary>The channels that take part in a promotion: those that always do, and those that it names.</summary>
    public IReadOnlyList<OutboundChannel> For(IReadOnlyList<SalesChannelId> named)
    {
        var names = named.Select(static n => n.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. All.Where(channel => channel.AlwaysTakesPart || names.Contains(channel.Id.Value))];
    }

    /// <summary>Those that a promotion names and no setting knows: nothing can be sent to them.</summary>
    public IReadOnlyList<SalesChannelId> Unknown(IReadOnlyList<SalesChannelId> named) => [.. named.Where(channel => Find(channel) is null)];

    /// <summary>
    /// The channel that carries out actions on orders of an ingest channel: the one whose <c>OrdersOf</c> names it, else the order
    /// management system, else the channel that they came from.
    /// </summary>
    /// <returns>Null if none of these.</returns>
    public OutboundChannel? ForOrdersOf(ChannelId channel) =>
        All.FirstOrDefault(c => c.OrdersOf.Contains(channel))
        ?? All.FirstOrDefault(static c => c.Kind == ChannelKind.Oms)
        ?? All.FirstOrDefault(c => c.AnswersFrom == channel);

    internal static OutboundChannel Read(IConfigurationSection section, bool allowPrivate)
    {
        if (section.Value is not null)
            throw Wrong(section.Path, "is not a setting of a channel; those are Outbound__NAME__Kind, Outbound__NAME__Url and so on");
        if (section.Key.Length > 128 || section.Key != section.Key.Trim())
            throw Wrong(section.Path, "is not a channel name: 1 to 128 characters, no space at either end");
        var kind = Named<ChannelKind>(section.GetSection("Kind"), otherwise: null);
        return new OutboundChannel(
            new SalesChannelId(section.Key),
            kind,
            Address(section.GetSection("Url"), allowPrivate),
            Secrets(section),
            Named<ConfirmBy>(section.GetSection("Confirm"), ConfirmBy.Callback),
            new ChannelId(Text(section.GetSection("AnswersFrom"), section.Key)),
            Duration(section.GetSection("LeadTime"), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(90)),
            Text(section.GetSection("Needs"), NeedsOf(kind)),
            Duration(section.GetSection("ReadyMaxAge"), TimeSpan.FromDays(7), TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)),
            Flag(section.GetSection("AsksReadiness"), kind is ChannelKind.Wms or ChannelKind.Ecommerce),
            Duration(section.GetSection("Timeout"), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2)),
            [
                .. (section["OrdersOf"] ?? string.Empty)
                    .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(static c => new ChannelId(c)),
            ]
        );
    }

    private static string NeedsOf(ChannelKind kind) =>
        kind switch
        {
            ChannelKind.Wms => "waves and labour planned",
            ChannelKind.Ecommerce => "content staged",
            _ => "prices loaded",
        };

    // The address is never shown, because it may contain a password.
    private static Uri Address(IConfigurationSection setting, bool allowPrivate)
    {
        if (string.IsNullOrWhiteSpace(setting.Value))
            throw Wrong(setting.Path, "is missing; give the address that messages are posted to");
        if (
            !Uri.TryCreate(setting.Value, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.Host.Length == 0
        )
            throw Wrong(setting.Path, "is not an absolute https address");
        if (url.UserInfo.Length > 0)
            throw Wrong(setting.Path, "holds a user name; messages are signed, so leave it out");
        if (url.Query.Length > 0 || url.Fragment.Length > 0)
            throw Wrong(setting.Path, "has a query or a fragment; give the address alone");
        if (url.Scheme == Uri.UriSchemeHttp && !allowPrivate)
            throw Wrong(setting.Path, "is plain http; use https, or set OutboundAllowPrivateAddresses to true on a private network");
        return url;
    }

    private static List<byte[]> Secrets(IConfigurationSection section)
    {
        var secrets = section.GetSection("Secrets").GetChildren().Select(Secret).ToList();
        return secrets.Count > 0 ? secrets : throw Wrong($"{section.Path}:Secrets:0", "is missing; messages are signed with it");
    }

    private static byte[] Secret(IConfigurationSection secret)
    {
        if (string.IsNullOrWhiteSpace(secret.Value))
            throw Wrong(secret.Path, "is empty");
        try
        {
            return StandardWebhooksSignature.ParseSecret(secret.Value);
        }
        catch (FormatException wrong)
        {
            // The framework's message may repeat a part of the text; only ours is passed on.
            throw Wrong(
                secret.Path,
                wrong.Message.StartsWith("it ", StringComparison.Ordinal)
                    ? $"is not a signing secret: {wrong.Message}"
                    : "is not base64 behind whsec_"
            );
        }
    }

    // By name alone: TryParse would also take a number.
    private static T Named<T>(IConfigurationSection setting, T? otherwise)
        where T : struct, Enum =>
        setting.Value is null && otherwise is { } known ? known
        : Enum.GetNames<T>().FirstOrDefault(name => string.Equals(name, setting.Value?.Trim(), StringComparison.OrdinalIgnoreCase))
            is { } named
            ? Enum.Parse<T>(named)
        : throw Wrong(
            setting.Path,
            $"{(string.IsNullOrWhiteSpace(setting.Value) ? "is missing" : $"is '{setting.Value}'")}; use {string.Join(", ", Enum.GetNames<T>())}"
        );

    private static bool Flag(IConfigurationSection setting, bool otherwise) =>
        setting.Value is null ? otherwise
        : bool.TryParse(setting.Value, out var flag) ? flag
        : throw Wrong(setting.Path, $"is '{setting.Value}'; use true or false");

    private static TimeSpan Duration(IConfigurationSection setting, TimeSpan otherwise, TimeSpan least, TimeSpan most) =>
        setting.Value is null ? otherwise
        : TimeSpan.TryParse(setting.Value, CultureInfo.InvariantCulture, out var span) && span >= least && span <= most ? span
        : throw Wrong(setting.Path, $"is '{setting.Value}'; give a duration such as 00:00:10 or 1.12:00:00, between {least} and {most}");

    private static string Text(IConfigurationSection setting, string otherwise) =>
        setting.Value is null ? otherwise
        : setting.Value.Trim() is { Length: > 0 and <= LongestNeeds } text ? text
        : throw Wrong(setting.Path, $"must have 1 to {LongestNeeds} characters");

    private static InvalidOperationException Wrong(string setting, string what) => new($"The setting {setting.Replace(":", "__")} {what}.");
}
