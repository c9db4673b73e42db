using System.Text.Json.Serialization;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>
/// The message to the order's channel: the body of a Standard Webhooks message whose <c>webhook-id</c> is <see cref="Id"/>, the idempotency
/// key. Answered by <see cref="OrderActionAnswered"/>.
/// </summary>
public sealed record OrderActionMessage
{
    public const string TypeName = "stockgate.order.action.v1";

    public string Type { get; set; } = TypeName;

    /// <summary>Also the number that a refund of this action is to be reported with.</summary>
    public required ActionId ActionId { get; init; }

    /// <summary>1 for the action, 2 for its compensation; the channel answers it by number.</summary>
    public required int Revision { get; init; }

    /// <summary>The order's number, as the channel that placed it calls it.</summary>
    public required OrderId OrderId { get; init; }

    /// <summary>The channel that placed the order: of two orders of one number it tells which. Events that report what was done name it
    /// too.</summary>
    public ChannelId? OrderChannel { get; init; }

    public required OrderActionKind Action { get; init; }

    public IReadOnlyList<OrderActionUnits> Lines { get; set; } = [];

    /// <summary>The refund to the customer; null if none.</summary>
    public decimal? Amount { get; init; }

    public Currency? Currency { get; init; }

    public LocationId? Location { get; init; }

    public ShipTo? ShipTo { get; init; }

    public LocationId? RestockAt { get; init; }

    public required string Reason { get; init; }

    /// <summary>Takes back what an earlier revision of the action did.</summary>
    public bool Compensates { get; init; }

    /// <summary>The same for every time that the same is sent.</summary>
    [JsonIgnore]
    public string Id => IdOf(ActionId, Revision);

    public static string IdOf(ActionId action, int revision) => $"{action}.{revision}";

    /// <summary>The message of a request whose review gave <paramref name="effect"/>.</summary>
    public static OrderActionMessage Of(
        ActionId action,
        int revision,
        OrderDocument order,
        OrderActionRequest request,
        ActionEffect effect,
        bool compensates = false
    ) =>
        new()
        {
            ActionId = action,
            Revision = revision,
            OrderId = order.OrderId.Number,
            OrderChannel = order.Origin(),
            Action = request.Action,
            Lines = effect.Units,
            Amount = effect.Money?.Amount,
            Currency = effect.Money?.Currency,
            Location = request.Location,
            ShipTo = request.ShipTo,
            RestockAt = request.RestockAt,
            Reason = request.Reason,
            Compensates = compensates,
        };
}
