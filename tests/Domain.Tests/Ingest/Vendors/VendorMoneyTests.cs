namespace Stockgate.Domain.Tests.Ingest.Vendors;

/// <summary>Every vendor's order comes to the same money and the same stock.</summary>
public abstract class VendorMoneyTests
{
    internal abstract Vendor Open(Currency currency, string channel = "shop");

    private static OrderDocument After(Vendor vendor, params IEnumerable<(string Topic, string Body)> deliveries)
    {
        OrderDocument? order = null;
        foreach (var (topic, body) in deliveries)
        {
            var translation = vendor.Translate(topic, body);
            Assert.Null(translation.Rejection);
            foreach (var made in translation.Events.Where(static e => e.Data is OrderEvent))
            {
                var said = (OrderEvent)made.Data;
                order ??= new OrderDocument { OrderId = said.OrderId };
                Assert.Equal(order.OrderId, said.OrderId);
                order = order.Apply(made.Header, said);
            }
        }
        return order!;
    }

    private OrderDocument After(Sale sale)
    {
        var vendor = Open(sale.Currency);
        return After(vendor, vendor.Placed(sale));
    }

    private static decimal Paid(OrderDocument order, params MoneyPart[] parts) =>
        OrderMoney.Of(order).Components.Where(c => parts.Contains(c.Part)).Sum(static c => c.Paid);

    // With every part told there is nothing left over.
    private static void IsWhole(Sale sale, OrderDocument order)
    {
        var money = OrderMoney.Of(order);
        Assert.Equal((sale.Total, sale.Currency), (money.Total, money.Currency));
        Assert.Equal(0, Paid(order, MoneyPart.Rounding));
        Assert.Equal(2, order.Placed!.Said.Lines.Single(static l => l.Sku.Value == "MUG").Quantity.Value);
    }

    [Fact]
    public void Tax_on_top_is_a_part_of_its_own()
    {
        var sale = new Sale { Shipping = 5.00m, ShippingTax = 0.50m };
        var order = After(sale);
        IsWhole(sale, order);
        Assert.Equal((6.00m, 5.00m, 1.10m), (Paid(order, MoneyPart.Goods), Paid(order, MoneyPart.Shipping), Paid(order, MoneyPart.Tax)));
    }

    [Fact]
    public void Tax_within_prices_is_in_the_total_once()
    {
        var sale = new Sale
        {
            Price = 3.30m,
            TaxWithin = true,
            Shipping = 5.00m,
        };
        var order = After(sale);
        IsWhole(sale, order);
        Assert.Equal(6.60m, Paid(order, MoneyPart.Goods, MoneyPart.Tax));
        Assert.Equal(5.00m, Paid(order, MoneyPart.Shipping));
    }

    [Fact]
    public void A_discount_of_a_line_is_the_lines()
    {
        var sale = new Sale { LineDiscount = 1.00m, Tax = 0.50m };
        var order = After(sale);
        IsWhole(sale, order);
        Assert.Equal(5.00m, Paid(order, MoneyPart.Goods));
    }

    [Fact]
    public void A_discount_of_the_order_makes_its_total_less()
    {
        var sale = new Sale { OrderDiscount = 2.00m, Shipping = 5.00m };
        var order = After(sale);
        IsWhole(sale, order);
        Assert.Equal(4.00m, Paid(order, MoneyPart.Goods, MoneyPart.Discount));
    }

    [Fact]
    public void A_custom_line_is_money_and_no_goods()
    {
        var sale = new Sale { Fee = 2.00m };
        var order = After(sale);
        IsWhole(sale, order);
        Assert.Equal((6.00m, 2.00m), (Paid(order, MoneyPart.Goods), Paid(order, MoneyPart.Unstocked)));
    }

    [Fact]
    public void A_tip_is_a_tip()
    {
        var sale = new Sale { Tip = 1.50m };
        if (!Open(sale.Currency).HasTips)
            return;
        var order = After(sale);
        IsWhole(sale, order);
        Assert.Equal(1.50m, Paid(order, MoneyPart.Tips));
    }

    [Theory]
    [InlineData("JPY", "300", "60", "500")]
    [InlineData("KWD", "3.125", "0.625", "1.005")]
    public void Currencies_without_and_with_three_decimals_are_exact(string code, string price, string tax, string shipping)
    {
        static decimal Of(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var sale = new Sale
        {
            Currency = Currency.Parse(code),
            Price = Of(price),
            Tax = Of(tax),
            Shipping = Of(shipping),
        };
        var order = After(sale);
        IsWhole(sale, order);
        Assert.Equal(Of(price) * 2, Paid(order, MoneyPart.Goods));
    }

    [Fact]
    public void A_partial_refund_with_goods_leaves_the_rest()
    {
        var sale = new Sale();
        var vendor = Open(sale.Currency);
        if (vendor.Refunded(sale, new GivenBack(3.30m, Units: 1, Tax: 0.30m)) is not { } back)
            return;
        var order = After(vendor, [.. vendor.Placed(sale), .. back]);
        var money = OrderMoney.Of(order);
        Assert.Equal((3.30m, 3.30m, 0m), (money.Refunded, money.Refundable, money.Pending));
    }

    [Fact]
    public void A_partial_refund_without_goods_leaves_the_goods()
    {
        var sale = new Sale();
        var vendor = Open(sale.Currency);
        if (vendor.Refunded(sale, new GivenBack(1.50m)) is not { } back)
            return;
        var order = After(vendor, [.. vendor.Placed(sale), .. back]);
        Assert.Equal((1.50m, 5.10m), (OrderMoney.Of(order).Refunded, OrderMoney.Of(order).Refundable));
        Assert.All(order.Refunds, static r => Assert.Empty(r.Said.Lines));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Goods_are_back_in_stock_where_the_vendor_says_so(bool restock)
    {
        var sale = new Sale();
        var vendor = Open(sale.Currency);
        if (!vendor.TellsRestock || vendor.Refunded(sale, new GivenBack(3.30m, Units: 1, Tax: 0.30m, Restock: restock)) is not { } back)
            return;
        var order = After(vendor, [.. vendor.Placed(sale), .. back]);
        var goods = Assert.Single(order.Refunds, static r => r.Said.Lines.Count > 0).Said;
        Assert.Equal((restock, 1m), (goods.RestockedAt is not null, goods.Lines.Single().Quantity.Value));
    }

    [Fact]
    public void A_parcel_has_left_with_its_units()
    {
        var sale = new Sale();
        var vendor = Open(sale.Currency);
        if (vendor.Shipped(sale, "shipped") is not { } shipped)
            return;
        var order = After(vendor, [.. vendor.Placed(sale), .. shipped]);
        Assert.Equal(OrderStatus.Shipped, order.Status());
        Assert.Equal(2, order.Shipments.Single().Said.Lines.Single().Quantity.Value);
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("failed")]
    public void A_cancelled_or_failed_fulfilment_has_not_left(string state)
    {
        var sale = new Sale();
        var vendor = Open(sale.Currency);
        if (vendor.Shipped(sale, state) is not { } shipped)
            return;
        var order = After(vendor, [.. vendor.Placed(sale), .. shipped]);
        Assert.Equal(OrderStatus.Placed, order.Status());
    }

    [Fact]
    public void The_same_delivery_again_changes_nothing()
    {
        var sale = new Sale();
        var vendor = Open(sale.Currency);
        var order = After(vendor, vendor.Placed(sale));
        Assert.Equal(order.Applied, After(vendor, [.. vendor.Placed(sale), .. vendor.Placed(sale)]).Applied);
    }

    [Fact]
    public void Two_shops_with_one_number_are_two_sources()
    {
        static string[] Keys(Vendor vendor) =>
            [.. vendor.Placed(new Sale()).SelectMany(d => vendor.Translate(d.Topic, d.Body).Events).Select(static e => e.Header.Key)];
        Assert.Empty(Keys(Open(Given.Eur, "shop-1")).Intersect(Keys(Open(Given.Eur, "shop-2"))));
    }
}
