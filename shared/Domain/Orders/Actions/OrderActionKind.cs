using System.Text.Json.Serialization;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>What can be done to an order.</summary>
[JsonConverter(typeof(NamedEnumConverter<OrderActionKind>))]
public enum OrderActionKind
{
    /// <summary>Cancel the whole order before shipping and refund it.</summary>
    Cancel,

    /// <summary>Cancel unshipped units and refund them.</summary>
    CancelLines,

    /// <summary>Money back: all of it, an amount, or what units that were shipped cost.</summary>
    Refund,

    /// <summary>Send what has not left to another place.</summary>
    ChangeAddress,

    /// <summary>Let another location ship what is not picked.</summary>
    Reroute,

    /// <summary>Replace units that are not picked by as many of another article.</summary>
    Substitute,

    /// <summary>Nothing of the order is to leave until it is released.</summary>
    Hold,

    /// <summary>End a hold.</summary>
    Release,
}
