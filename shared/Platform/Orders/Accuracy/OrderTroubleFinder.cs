using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Accuracy;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>Detects the troubles of an order, opens exceptions for new ones and closes resolved ones.</summary>
internal sealed class OrderTroubleFinder(
    OrderActionFactsReader documents,
    CustomerOrders customers,
    OnceRaised exceptions,
    OrderAccuracySettings settings
)
{
    private static readonly OrderTroubles Troubles = new();

    /// <returns>The troubles that are open now.</returns>
    public async Task<IReadOnlyList<OpenTrouble>> LookAsync(
        OrderDocument order,
        IReadOnlyList<SkuUnits> nowhere,
        OrderCareState state,
        CareRun run,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var found = Troubles
            .Of(
                new TroubleFacts
                {
                    Order = order,
                    Now = now,
                    Terms = settings.Terms,
                    Nowhere = nowhere,
                    PricesInForce = await PricesInForce.OfAsync(order, now, run, cancellationToken),
                    OthersOfCustomer = await OthersAsync(order, cancellationToken),
                }
            )
            .Where(t => !Settled(order, t))
            .ToList();
        var open = found
            .Select(t =>
                state.Troubles.FirstOrDefault(o => o.Trouble.Kind == t.Kind) is { } known
                    ? known with
                    {
                        Trouble = t,
                    }
                    : new OpenTrouble(t, now)
            )
            .ToList();
        foreach (var trouble in open.Where(o => state.Troubles.All(known => known.Trouble.Kind != o.Trouble.Kind)))
            await exceptions.RaiseAsync(trouble.Trouble.AsException(now), cancellationToken);
        await CloseAsync(state.Troubles.Where(known => found.TrueForAll(t => t.Kind != known.Trouble.Kind)), now, cancellationToken);
        return open;
    }

    /// <summary>Closes the exceptions of troubles.</summary>
    public async Task CloseAsync(IEnumerable<OpenTrouble> gone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var trouble in gone)
            await exceptions.ResolveAsync(trouble.Trouble.AsException(now).Type, trouble.Trouble.OrderId, now, cancellationToken);
    }

    // What arrived late is late forever, and nothing that anybody could still do; a price that was given back is.
    private static bool Settled(OrderDocument order, OrderTrouble trouble) =>
        trouble.Kind switch
        {
            TroubleKind.Late => order.Status() == OrderStatus.Delivered,
            TroubleKind.PriceMismatch => order.Status() == OrderStatus.Cancelled || order.Refunded() >= trouble.Revenue.Amount,
            _ => false,
        };

    // After the first shipment the order can't be held.
    private async Task<IReadOnlyList<OrderDocument>> OthersAsync(OrderDocument order, CancellationToken cancellationToken)
    {
        if (
            order.Placed is not { Said.CustomerId: { } customer } placed
            || order.Status() is not (OrderStatus.Placed or OrderStatus.Allocated)
        )
            return [];
        var others = new List<OrderDocument>();
        foreach (
            var near in (await customers.OfAsync(customer, cancellationToken)).Where(o =>
                o.OrderId != order.OrderId && o.PlacedAt is { } at && at <= placed.At && placed.At - at <= Troubles.DuplicateWithin
            )
        )
            if (await documents.OrderAsync(near.OrderId, cancellationToken) is { } other)
                others.Add(other);
        return others;
    }
}
