using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

/// <summary>Requests that give money back, at random.</summary>
internal static class Requests
{
    public static OrderActionRequest Any(Random random)
    {
        var line = Asked.Units(random.Next(2) == 0 ? "A" : "B", random.Next(1, 3));
        return random.Next(10) switch
        {
            0 or 1 => Asked.Money(),
            2 => Asked.Money(20),
            3 or 4 => Asked.Money(random.Next(1, 4000) / 100m),
            5 or 6 => Asked.For(OrderActionKind.Refund, line),
            7 => Asked.For(OrderActionKind.CancelLines, line),
            8 => Asked.For(OrderActionKind.Cancel),
            _ => Asked.For(OrderActionKind.Substitute, line with { Substitute = new Sku("C") }) with { Consent = true },
        };
    }
}
