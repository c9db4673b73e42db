namespace Stockgate.Domain.Events;

/// <summary>The whole order was cancelled before shipping. <c>stockgate.order.cancelled.v1</c></summary>
public sealed record OrderCancelled : OrderEvent
{
    public string? Reason { get; init; }

    public override Rejection? Check() => Rules.OptionalText("reason", Reason);
}
