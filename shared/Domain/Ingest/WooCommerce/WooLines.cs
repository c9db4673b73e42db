using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.WooCommerce;

/// <summary>Lines, fees and charges of orders and refunds. Tax is always on top: every amount is sent without it.</summary>
internal static class WooLines
{
    private static readonly string[] TipNames = ["tip", "tips", "gratuity"];

    public static OrderLine Goods(JsonFields line)
    {
        var (units, price) = (Units(line), Price(line));
        return new()
        {
            Sku = line.StockSku("variation_id", "product_id"),
            Description = Title(line),
            Quantity = new Quantity(units),
            UnitPrice = price,
            Discount = price * units - line.Size("total"),
            Tax = line.Size("total_tax"),
        };
    }

    public static UnstockedLine Unstocked(JsonFields line)
    {
        var (units, price) = (Units(line), Price(line));
        return new()
        {
            Kind = TipNames.Contains(Title(line), StringComparer.OrdinalIgnoreCase) ? UnstockedKind.Tip : UnstockedKind.Other,
            Description = Title(line),
            Quantity = new Quantity(units),
            UnitPrice = price,
            Discount = price * units - line.Size("total"),
            Tax = line.Size("total_tax"),
        };
    }

    /// <returns>Null if the order is its lines.</returns>
    public static OrderCharges? Charges(JsonFields order, OrderPlaced placed)
    {
        var shipping =
            order.OptionalNumber("shipping_total") ?? order.List("shipping_lines").Sum(static l => l.OptionalNumber("total") ?? 0);
        var lineTax = placed.Lines.Sum(static l => l.Tax) + placed.Unstocked.Sum(static l => l.Tax);
        var shippingTax =
            order.OptionalNumber("shipping_tax") ?? order.List("shipping_lines").Sum(static l => l.OptionalNumber("total_tax") ?? 0);
        // A fee below zero is a discount of the order as a whole; its tax is less tax.
        var reductions = order.List("fee_lines").Where(static fee => fee.OptionalNumber("total") is < 0).ToList();
        var charges = new OrderCharges
        {
            Shipping = Math.Max(0, shipping),
            Discount = reductions.Sum(static fee => fee.Size("total")),
            Tax = Math.Max(0, shippingTax),
        };
        var parts = placed.Lines.Sum(static l => l.Amount) + placed.Unstocked.Sum(static l => l.Amount) + lineTax + charges.Sum;
        // What the customer pays is the total; where its parts as they were sent are not all of it, the rest is kept as such.
        charges = charges with
        {
            Rounding = order.OptionalNumber("total") is { } total ? total - parts : 0,
        };
        return charges == new OrderCharges() ? null : charges;
    }

    // Fees have no quantity.
    private static decimal Units(JsonFields line) => line.Has("quantity") ? line.Size("quantity") : 1;

    // A fee has no subtotal; a line that a plugin made dearer has a smaller one than its total.
    private static decimal Price(JsonFields line) => ShopLine.UnitPrice(Math.Max(line.Size("subtotal"), line.Size("total")), Units(line));

    private static string Title(JsonFields line) => line.Words("name") ?? "unnamed item";
}
