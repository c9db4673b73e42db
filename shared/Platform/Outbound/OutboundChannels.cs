using Stockgate.Domain;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Outbound;

/// <summary>The channels that prices are sent to.</summary>
public sealed class OutboundChannels(OutboundOptions options)
{
    private readonly Dictionary<string, OutboundChannel> byName = options.Outbound.ToDictionary(
        static o => o.Key,
        static o => Of(o.Key, o.Value),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whether a channel may be at an address that the internet does not reach.</summary>
    public bool AllowPrivateAddresses => options.OutboundAllowPrivateAddresses;

    /// <summary>By name.</summary>
    public IReadOnlyList<OutboundChannel> All => field ??= [.. byName.Values.OrderBy(static c => c.Id.Value, StringComparer.Ordinal)];

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

    private static OutboundChannel Of(string name, OutboundChannelOptions options) =>
        new(
            new SalesChannelId(name),
            options.Kind,
            new Uri(options.Url!),
            [.. options.Secrets.Values.Select(StandardWebhooksSignature.ParseSecret)],
            options.Confirm,
            new ChannelId(options.AnswersFrom ?? name),
            options.LeadTime,
            options.Needs ?? NeedsOf(options.Kind),
            options.ReadyMaxAge,
            options.AsksReadiness ?? (options.Kind is ChannelKind.Wms or ChannelKind.Ecommerce),
            options.Timeout,
            [.. options.OrdersOf.Select(static c => new ChannelId(c))]
        );

    private static string NeedsOf(ChannelKind kind) =>
        kind switch
        {
            ChannelKind.Wms => "waves and labour planned",
            ChannelKind.Ecommerce => "content staged",
            _ => "prices loaded",
        };
}
