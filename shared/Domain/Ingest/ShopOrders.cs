using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest;

/// <summary>The money of orders and refunds, by the rules that hold for every shop.</summary>
internal static class ShopOrders
{
    private const int PostalAreaCharacters = 3;

    /// <summary>An order with its lines and charges. What its total has beyond them is its rounding.</summary>
    /// <param name="order">Everything but the money.</param>
    /// <param name="lines">Reductions of the order as a whole are lines below zero.</param>
    /// <param name="charges">Without rounding.</param>
    /// <param name="total">What the customer pays; null where it is not said.</param>
    public static OrderPlaced WithMoney(this OrderPlaced order, IReadOnlyList<ShopLine> lines, OrderCharges charges, decimal? total)
    {
        var sold = lines.Where(static l => l.After >= 0).ToList();
        order = order with
        {
            Lines = [.. sold.Where(static l => l.Sku is not null).Select(static l => l.Goods())],
            Unstocked = [.. sold.Where(static l => l.Sku is null).Select(static l => l.Unstocked())],
        };
        charges = charges with { Discount = charges.Discount - lines.Where(static l => l.After < 0).Sum(static l => l.After + l.Tax) };
        var parts = order.Lines.Sum(static l => l.Amount + l.Tax) + order.Unstocked.Sum(static l => l.Amount + l.Tax) + charges.Sum;
        charges = charges with { Rounding = total is { } all ? all - parts : 0 };
        return charges == new OrderCharges() ? order : order with { Charges = charges };
    }

    /// <summary>A refund with its lines. What went back beyond them is its adjustment.</summary>
    /// <param name="refund">With shipping and its tax.</param>
    /// <param name="lines">Positive.</param>
    /// <param name="amount">What went back; null where it is not said.</param>
    public static OrderRefunded WithMoney(this OrderRefunded refund, IReadOnlyList<ShopLine> lines, decimal? amount)
    {
        refund = refund with
        {
            Lines = [.. lines.Where(static l => l.Sku is not null).Select(static l => l.Goods())],
            Unstocked = [.. lines.Where(static l => l.Sku is null).Select(static l => l.Unstocked())],
        };
        return amount is { } all ? refund with { Adjustment = all - refund.Amount } : refund;
    }

    /// <summary>As coarse as a decision needs it: country and three characters of the postal code.</summary>
    /// <returns>Null where neither is known.</returns>
    public static ShipTo? ShipTo(string? country, string? postalCode)
    {
        var area = string.Concat((postalCode ?? "").Where(char.IsLetterOrDigit).Take(PostalAreaCharacters)).ToUpperInvariant();
        var coarse = new ShipTo { Country = country, PostalArea = area.Length == 0 ? null : area };
        return coarse == new ShipTo() ? null : coarse;
    }
}
