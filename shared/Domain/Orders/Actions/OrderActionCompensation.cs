using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>The compensation of a confirmed action, in part or as a whole.</summary>
/// <param name="Request">What to send with <see cref="OrderActionMessage.Compensates"/>; null if it can't be taken back.</param>
/// <param name="Words">What is done, or what a person has to do instead.</param>
public sealed record OrderActionCompensation(OrderActionRequest? Request, string Words)
{
    /// <summary>The compensation of an action.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="confirmed">The effect that its review gave: what the channel confirmed.</param>
    /// <param name="before">The order as it was when the action was reviewed.</param>
    public static OrderActionCompensation Of(OrderActionRequest request, ActionEffect confirmed, OrderDocument before) =>
        request.Action switch
        {
            OrderActionKind.Hold => new(Back(request, OrderActionKind.Release), "The order is released again."),
            OrderActionKind.Release => new(Back(request, OrderActionKind.Hold), "The order is held again."),
            OrderActionKind.ChangeAddress => before.ShipTo() is { } to
                ? new(Back(request, OrderActionKind.ChangeAddress) with { ShipTo = to }, "The order ships to its previous address again.")
                : new(null, "The previous address is unknown; correct it in the order management system."),
            OrderActionKind.Reroute => Rerouted(request, confirmed),
            OrderActionKind.Substitute => new(
                Back(request, OrderActionKind.Substitute) with
                {
                    Consent = true,
                    Lines =
                    [
                        .. confirmed
                            .Units.Where(static u => u.Substitute is not null)
                            .Select(static u => new OrderActionLine
                            {
                                Sku = u.Substitute!.Value,
                                Quantity = u.Quantity,
                                Substitute = u.Sku,
                            }),
                    ],
                },
                "The ordered articles are shipped instead of the substitutes."
            ),
            OrderActionKind.Refund => new(null, "The refund was paid; claim it back from the customer, or book it as a loss."),
            OrderActionKind.Cancel or OrderActionKind.CancelLines => new(null, "A cancellation can't be reversed; place a new order."),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Action, "is not an action"),
        };

    private static OrderActionCompensation Rerouted(OrderActionRequest request, ActionEffect confirmed)
    {
        // A reroute names one location: what came from two can't be sent back by one.
        var from = confirmed.StockReturned.Select(static l => l.Location).Distinct().ToList();
        if (from.Count != 1 || from[0] == LocationId.Unassigned)
            return new(null, "The units came from several locations or from none; allocate the order again.");
        return new(
            Back(request, OrderActionKind.Reroute) with
            {
                Location = from[0],
                Lines = [.. confirmed.Units.Select(static u => new OrderActionLine { Sku = u.Sku, Quantity = u.Quantity })],
            },
            $"The units ship from {from[0]} again."
        );
    }

    private static OrderActionRequest Back(OrderActionRequest request, OrderActionKind action)
    {
        var reason = $"Reverses {request.Action}: {request.Reason}";
        return new OrderActionRequest
        {
            Action = action,
            Reason = reason.Length <= Limits.Text ? reason : reason[..Limits.Text],
            RequestedBy = request.RequestedBy,
        };
    }
}
