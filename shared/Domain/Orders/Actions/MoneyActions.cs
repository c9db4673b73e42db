using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>Actions with a refund: at most the amount charged, less refunds, less amounts reserved by other actions.</summary>
internal static class MoneyActions
{
    public static ActionEffect Cancel(Preparation p)
    {
        var (shipped, open, value) = (p.Order.Shipped().Values.Sum(static q => q.Value), p.Units.Open, p.Units.OpenNet);
        if (p.Order.Placed?.Said.Fulfilment == Fulfilment.Immediate)
            p.Check("shipped", false, "", "The customer took the goods at the till; refund returned goods instead.");
        else
            p.Check(
                "shipped",
                shipped == 0,
                "No unit has shipped.",
                $"{Plural.Of(shipped, "unit has", "units have")} shipped; cancel the other lines, and refund the shipped units when they are returned."
            );
        p.Check(
            "open",
            open > 0,
            $"{Plural.Of(open, "unit is", "units are")} open.",
            "No unit of the order is open, so nothing can be cancelled."
        );
        p.NotePicked();
        var money = p.Possible ? p.Available : 0;
        return new ActionEffect
        {
            StockReturned = p.HeldOf(p.Units.All.Select(static a => (a.Key, a.Value.Open))),
            Money = p.Money(money),
            Exposure = new Money(Math.Max(value, money), p.Currency),
            Reversible = p.NothingPicked,
            Words = $"The whole order is cancelled: {Plural.Of(open, "unit")} can be sold again{MoneyWords(p, money)}.",
        };
    }

    public static ActionEffect CancelLines(Preparation p)
    {
        decimal value = 0;
        foreach (var line in p.Request.Lines)
        {
            var article = p.Units[line.Sku];
            p.Check(
                "open",
                article.Open >= line.Quantity,
                $"{article.Open} of {line.Sku} have not shipped.",
                $"{article.Open} of {line.Sku} can still be cancelled, not {line.Quantity}; refund shipped units instead."
            );
            value += article.PaidFor(Quantity.Min(line.Quantity, article.Open), p.Currency);
        }
        p.NotePicked();
        // Where only a part was paid, as with a capture per parcel, what is left of the order is covered first.
        var uncovered = p.Order.Paid() is null ? 0 : Math.Max(0, p.Order.Total() - p.Order.Refunded() - p.Promised - value);
        var money = p.Order.Paid() is null ? Math.Min(value, p.Available) : Math.Clamp(p.Available - uncovered, 0, value);
        return new ActionEffect
        {
            StockReturned = p.HeldOf(p.Request.Lines.Select(static l => (l.Sku, l.Quantity))),
            Units = UnitsOf(p),
            Money = p.Money(money),
            Exposure = new Money(Math.Max(value, money), p.Currency),
            Reversible = p.NothingPicked,
            Words = $"{Plural.Of(Count(p), "unit is", "units are")} cancelled and can be sold again{MoneyWords(p, money)}.",
        };
    }

    public static ActionEffect Refund(Preparation p)
    {
        var byUnits = p.Request.Lines.Count > 0;
        var wanted = byUnits ? 0 : p.Request.Amount ?? p.Available;
        foreach (var line in p.Request.Lines)
        {
            var article = p.Units[line.Sku];
            p.Check(
                "units",
                article.Refundable >= line.Quantity,
                $"{article.Refundable} of {line.Sku} were shipped and not refunded.",
                $"{article.Refundable} of {line.Sku} were shipped and not refunded, fewer than {line.Quantity}; cancel unshipped units instead."
            );
            wanted += article.PaidFor(Quantity.Min(line.Quantity, article.Refundable), p.Currency);
        }
        if (p.Request.Amount is { } amount && !new Money(amount, p.Currency).Payable)
            p.Check("amount", false, "", $"{p.Currency} has {p.Currency.MinorUnits} decimals; {amount} can't be paid.");
        var left =
            $"{new Money(p.Available, p.Currency)} can be refunded: {Sum(p, p.Order.Total())} ordered{(p.Order.Paid() is { } paid ? $", {Sum(p, paid)} charged" : "")}, {Sum(p, p.Order.Refunded())} refunded, {Sum(p, p.Promised)} reserved by other actions";
        // Units whose price went back in part before give what is left of it; an amount is either there or not.
        p.Check(
            "money",
            p.Available > 0 && (byUnits || wanted <= p.Available),
            left + ".",
            byUnits || p.Request.Amount is null ? left + "." : left + $"; {Sum(p, wanted)} is more."
        );
        var money = Math.Clamp(Math.Round(wanted, p.Currency.MinorUnits, MidpointRounding.ToZero), 0, p.Available);
        var back = p.Request.RestockAt is { } at
            ? p
                .Request.Lines.Select(l => new AllocatedLine
                {
                    Sku = l.Sku,
                    Location = at,
                    Quantity = l.Quantity,
                })
                .ToList()
            : [];
        return new ActionEffect
        {
            StockReturned = back,
            Units = UnitsOf(p),
            Money = p.Money(money),
            Exposure = new Money(money, p.Currency),
            Reversible = false,
            Words =
                $"{Sum(p, money)} is refunded to the customer{(byUnits ? $" for {Plural.Of(Count(p), "unit")}" : "")}{(back.Count > 0 ? $", which are restocked at {p.Request.RestockAt}" : "")}.",
        };
    }

    private static List<OrderActionUnits> UnitsOf(Preparation p) =>
        [.. p.Request.Lines.Select(static l => new OrderActionUnits(l.Sku, l.Quantity))];

    private static decimal Count(Preparation p) => p.Request.Lines.Sum(static l => l.Quantity.Value);

    private static string Sum(Preparation p, decimal amount) => new Money(amount, p.Currency).ToString();

    private static string MoneyWords(Preparation p, decimal money) =>
        money > 0 ? $", and {Sum(p, money)} is refunded to the customer" : "; no refund is due";
}
