using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Orders.Origins;

/// <summary>Exceptions for order numbers shared by several channels.</summary>
public static class SharedNumber
{
    public const string SharedType = "order-number-shared",
        AmbiguousType = "order-ambiguous";

    /// <summary>How people and partners name an order of a channel: <c>till:1001</c>.</summary>
    public static string NameOf(ChannelId channel, OrderId order) => $"{channel}:{order.Number}";

    /// <summary>The number has one order more. One exception for these channels, with a count: where two shops count from one, every number
    /// is an instance.</summary>
    public static OperationException Shared(OrderId order, IReadOnlyList<ChannelId> channels, DateTimeOffset now) =>
        new()
        {
            Type = SharedType,
            Subject = $"channels {Listed(channels.Select(static c => c.Value).Order(StringComparer.Ordinal))}",
            Failure = "Orders of these channels share numbers",
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "integration",
            Sla = TimeSpan.FromHours(24),
            RecommendedAction =
                $"Order {order.Number} is {Names(order, channels)}: separate orders with the same number. Have every system that "
                + "is none of these channels send orderChannel with its events, or make the channels' numbers differ. Events that such a system sent "
                + "before the number was shared apply to the first order: check both.",
        };

    /// <summary>An event names the number alone, and is about one of several orders.</summary>
    public static OperationException Ambiguous(
        EventHeader header,
        OrderEvent said,
        IReadOnlyList<ChannelId> channels,
        DateTimeOffset now
    ) =>
        new()
        {
            Type = AmbiguousType,
            Subject = SubjectOf(said.OrderId),
            Failure = $"{EventTypes.NameOf(said)} of {header.Channel} may refer to {Names(said.OrderId, channels)}",
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "integration",
            Sla = TimeSpan.FromHours(4),
            RecommendedAction =
                $"Event {header.Id} of {header.Source} was stored and changed no order: "
                + $"GET /api/v1/orders/{Uri.EscapeDataString(NameOf(channels[0], said.OrderId))} shows it. "
                + $"Have {header.Channel} send it again, under the same id, with orderChannel: {Listed(channels.Select(static c => c.Value), "or")}.",
        };

    public static string SubjectOf(OrderId order) => $"order {order.Number}";

    private static string Names(OrderId order, IReadOnlyList<ChannelId> channels) => Listed(channels.Select(c => NameOf(c, order)));

    private static string Listed(IEnumerable<string> texts, string last = "and")
    {
        var all = texts.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} {last} {all[^1]}";
    }
}
