using System.Text.Json.Serialization;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders;

/// <summary>A part of an order's money.</summary>
[JsonConverter(typeof(NamedEnumConverter<MoneyPart>))]
public enum MoneyPart
{
    /// <summary>Lines with stock, line discounts taken off.</summary>
    Goods,

    /// <summary>Custom lines, services, donations.</summary>
    Unstocked,

    /// <summary>Gift cards that were sold.</summary>
    GiftCards,
    Tips,
    Shipping,
    Duties,

    /// <summary>Tax on top. Tax that prices contain is in the part that it is of.</summary>
    Tax,

    /// <summary>Discounts of the order as a whole; negative.</summary>
    Discount,

    /// <summary>Rounding to coins; of refunds, whatever was paid back of no part in particular, or kept back.</summary>
    Rounding,
}

/// <summary>One part: what the customer pays for it, and what of it went back.</summary>
/// <param name="Part">Which.</param>
/// <param name="Paid">In the order's currency.</param>
/// <param name="Refunded">The same; it may be more than was paid where a shop gives more back.</param>
public sealed record MoneyComponent(MoneyPart Part, decimal Paid, decimal Refunded)
{
    public decimal Refundable => Math.Max(0, Paid - Refunded);
}

/// <summary>
/// All the money of an order, in one currency, the shop's, and on one basis: what the customer pays and gets back, with tax. A refund is
/// the sum of its parts; what its successful payments say beyond them is its rounding, so that the sum is always what was paid. After
/// Shopify's
/// <see href="https://shopify.dev/docs/api/admin-rest/latest/resources/order">Order</see>,
/// <see href="https://shopify.dev/docs/api/admin-rest/latest/resources/refund">Refund</see> and
/// <see href="https://shopify.dev/docs/api/admin-rest/latest/resources/transaction">Transaction</see>.
/// </summary>
public sealed record OrderMoney
{
    public Currency? Currency { get; init; }

    /// <summary>Each that the order or a refund of it has.</summary>
    public required IReadOnlyList<MoneyComponent> Components { get; init; }

    /// <summary>The order total, with substitutes at their own price.</summary>
    public required decimal Total { get; init; }

    /// <summary>What went back: successful refunds in the order's currency.</summary>
    public required decimal Refunded { get; init; }

    /// <summary>Refunds not yet settled by the payment provider; reserved.</summary>
    public required decimal Pending { get; init; }

    /// <summary>Refunds that failed; they changed nothing.</summary>
    public required decimal Failed { get; init; }

    /// <summary>What can still go back, without what actions promise.</summary>
    public required decimal Refundable { get; init; }

    /// <summary>Refunds in another currency than the order: never summed, an exception for a person.</summary>
    public IReadOnlyList<Money> Foreign { get; init; } = [];

    public Currency? PresentmentCurrency { get; init; }

    /// <summary>What the buyer was shown, in <see cref="PresentmentCurrency"/>.</summary>
    public decimal? PresentmentTotal { get; init; }

    public static OrderMoney Of(OrderDocument order)
    {
        var charges = order.Placed?.Said.Charges ?? new OrderCharges();
        var refunds = order.OwnRefunds().ToList();
        return new OrderMoney
        {
            Currency = order.Currency(),
            Components = [.. Parts(order, charges, refunds).Where(static p => p.Paid != 0 || p.Refunded != 0)],
            Total = order.Total(),
            Refunded = order.Refunded(),
            Refundable = order.RefundableAmount(),
            Pending = refunds.Sum(static r => r.Pending),
            Failed = refunds.Sum(static r => r.Failed),
            Foreign = [.. order.Refunds.Select(static r => r.Said).Except(refunds).Select(static r => new Money(r.Amount, r.Currency))],
            PresentmentCurrency = charges.PresentmentCurrency,
            PresentmentTotal = charges.PresentmentTotal,
        };
    }

    private static IEnumerable<MoneyComponent> Parts(OrderDocument order, OrderCharges charges, IReadOnlyList<OrderRefunded> refunds)
    {
        var lines = order.Lines();
        var unstocked = order.Placed?.Said.Unstocked ?? [];
        var back = refunds.SelectMany(static r => r.Unstocked).ToList();
        yield return new(MoneyPart.Goods, lines.Sum(static l => l.Amount), refunds.Sum(static r => r.Lines.Sum(static l => l.Amount)));
        yield return Line(MoneyPart.Unstocked, UnstockedKind.Other);
        yield return Line(MoneyPart.GiftCards, UnstockedKind.GiftCard);
        yield return Line(MoneyPart.Tips, UnstockedKind.Tip) is var tips ? tips with { Paid = tips.Paid + charges.Tips } : tips;
        yield return new(MoneyPart.Shipping, charges.Shipping, refunds.Sum(static r => r.Shipping));
        yield return new(MoneyPart.Duties, charges.Duties, refunds.Sum(static r => r.Duties));
        var tax = lines.Sum(static l => l.Tax) + unstocked.Sum(static l => l.Tax) + charges.Tax;
        yield return new(MoneyPart.Tax, tax, refunds.Sum(static r => r.AllTax));
        yield return new(MoneyPart.Discount, -charges.Discount, 0);
        yield return new(MoneyPart.Rounding, charges.Rounding, refunds.Sum(static r => r.Adjustment));

        MoneyComponent Line(MoneyPart part, UnstockedKind kind) =>
            new(
                part,
                unstocked.Where(l => l.Kind == kind).Sum(static l => l.Amount),
                back.Where(l => l.Kind == kind).Sum(static l => l.Amount)
            );
    }
}
