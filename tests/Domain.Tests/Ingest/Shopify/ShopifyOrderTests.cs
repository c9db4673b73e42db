using Stockgate.Domain.Ingest.Shopify;

namespace Stockgate.Domain.Tests.Ingest.Shopify;

public class ShopifyOrderTests
{
    private static OrderPlaced Placed(string body) => Assert.IsType<OrderPlaced>(Shop.Events(ShopifyTopics.OrdersCreate, body)[0].Data);

    [Fact]
    public void An_order_is_placed_with_its_lines()
    {
        var made = Assert.Single(
            Shop.Events(
                ShopifyTopics.OrdersCreate,
                Shop.Order(
                    more: ""","location_id":905684977,"customer":{"id":42,"email":"a@b.c"},"shipping_address":{"country_code":"GB","name":"Ann"}"""
                )
            )
        );
        Assert.Equal(
            new EventHeader(
                new ChannelId("shop"),
                "shopify/shop",
                "order:1001",
                new DateTimeOffset(2026, 2, 28, 15, 0, 0, TimeSpan.Zero),
                0
            ),
            made.Header
        );
        var placed = Assert.IsType<OrderPlaced>(made.Data);
        Assert.Equal(
            (new OrderId("1001"), Given.Eur, new LocationId("warehouse"), "42", "GB", Fulfilment.Open),
            (placed.OrderId, placed.Currency, placed.Location!.Value, placed.CustomerId, placed.Country, placed.Fulfilment)
        );
        Assert.Equal(
            new OrderLine
            {
                Sku = new Sku("MUG"),
                Description = "Mug",
                Quantity = new Quantity(2),
                UnitPrice = 9.99m,
            },
            Assert.Single(placed.Lines)
        );
    }

    [Fact]
    public void No_name_and_no_address_of_the_customer_goes_on()
    {
        var made = Shop.Events(
            ShopifyTopics.OrdersCreate,
            Shop.Order(
                more: ""","email":"secret-mail","customer":{"id":42,"first_name":"secret-name"},"shipping_address":{"country_code":"GB","address1":"secret-street"}"""
            )
        )[0];
        Assert.DoesNotContain(
            "secret",
            System.Text.Encoding.UTF8.GetString(CloudEventWriter.Write(made.Header, made.Data).Span),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Where_it_goes_is_kept_coarsely()
    {
        var placed = (OrderPlaced)
            Shop.Events(
                ShopifyTopics.OrdersCreate,
                Shop.Order(
                    more: ""","shipping_address":{"country_code":"GB","zip":"sw1a 1aa","latitude":51.50135,"longitude":-0.14189,"address1":"secret"}"""
                )
            )[0].Data;
        Assert.Equal(
            new ShipTo
            {
                Country = "GB",
                PostalArea = "SW1",
                Latitude = 51.5m,
                Longitude = -0.1m,
            },
            placed.ShipTo
        );
    }

    [Theory]
    [InlineData("""{"country_code":null,"zip":"","latitude":null,"longitude":null}""", null)]
    [InlineData("""{"country_code":"US","zip":"-","latitude":91,"longitude":0}""", "US")]
    public void A_place_that_is_none_is_passed_over(string address, string? country)
    {
        var placed = (OrderPlaced)Shop.Events(ShopifyTopics.OrdersCreate, Shop.Order(more: $",\"shipping_address\":{address}"))[0].Data;
        Assert.Equal(country is null ? null : new ShipTo { Country = country }, placed.ShipTo);
    }

    [Fact]
    public void An_order_that_names_no_place_is_taken_from_the_shops_own() =>
        Assert.Equal(new LocationId("shop-online"), Placed(Shop.Order()).Location);

    [Fact]
    public void A_place_that_is_not_in_the_settings_is_used_as_it_is() =>
        Assert.Equal(new LocationId("999"), Placed(Shop.Order(more: ",\"location_id\":999")).Location);

    [Fact]
    public void An_order_without_a_currency_is_in_the_shops() =>
        Assert.Equal(Given.Gbp, Placed(Shop.Order().Replace("\"currency\":\"EUR\",", "", StringComparison.Ordinal)).Currency);

    [Fact]
    public void The_same_order_under_another_webhook_is_the_same_event() =>
        Assert.Equal(
            Shop.Events(ShopifyTopics.OrdersCreate, Shop.Order())[0].Header.Key,
            Shop.Events(ShopifyTopics.OrdersCreate, Shop.Order(more: ",\"updated_at\":\"2026-03-01T00:00:00Z\""))[0].Header.Key
        );

    [Theory]
    [InlineData("pos", "\"fulfilled\"", Fulfilment.Immediate)]
    [InlineData("pos", "null", Fulfilment.Open)]
    [InlineData("web", "\"fulfilled\"", Fulfilment.Open)]
    public void Goods_left_with_the_order_at_a_till_only(string source, string fulfilled, Fulfilment fulfilment) =>
        Assert.Equal(fulfilment, Placed(Shop.Order(more: $",\"source_name\":\"{source}\",\"fulfillment_status\":{fulfilled}")).Fulfilment);

    [Fact]
    public void An_order_that_is_cancelled_already_is_placed_and_cancelled()
    {
        var events = Shop.Events(
            ShopifyTopics.OrdersCreate,
            Shop.Order(more: ""","cancelled_at":"2026-02-28T16:00:00Z","cancel_reason":"customer" """)
        );
        Assert.Equal(["order:1001", "order:1001:cancelled"], events.Select(e => e.Header.Id));
        Assert.Equal(new OrderCancelled { OrderId = new OrderId("1001"), Reason = "customer" }, events[1].Data);
    }

    [Fact]
    public void A_cancellation_is_the_same_event_by_either_topic()
    {
        var body = Shop.Order(more: ""","cancelled_at":"2026-02-28T16:00:00Z","cancel_reason":null""");
        Assert.Equal(Shop.Events(ShopifyTopics.OrdersCreate, body)[1], Assert.Single(Shop.Events(ShopifyTopics.OrdersCancelled, body)));
    }

    [Theory]
    [InlineData("\"MUG\"", "11", "12", "MUG")]
    [InlineData("\" MUG \"", "11", "12", "MUG")]
    [InlineData("\"\"", "11", "12", "shopify-variant-11")]
    [InlineData("null", "11", "12", "shopify-variant-11")]
    [InlineData("\"  \"", "null", "12", "shopify-product-12")]
    [InlineData("null", "null", "12", "shopify-product-12")]
    public void A_line_without_a_sku_goes_by_its_variant_or_its_product(string sku, string variant, string product, string expected) =>
        Assert.Equal(
            new Sku(expected),
            Placed(
                Shop.Order($$"""{"sku":{{sku}},"variant_id":{{variant}},"product_id":{{product}},"title":"Mug","quantity":1,"price":"1"}""")
            )
                .Lines[0]
                .Sku
        );

    [Theory]
    [InlineData("2", "9.99", "\"0.00\"", "", "19.98")]
    [InlineData("3", "9.99", "\"10.00\"", "", "19.97")]
    [InlineData("3", "9.99", "\"0.00\"", """{"amount":"3.33"},{"amount":"3.34"}""", "23.30")]
    [InlineData("3", "9.99", "\"3.33\"", """{"amount":"3.33"},{"amount":"3.34"}""", "23.30")]
    [InlineData("3", "9.99", "\"6.68\"", """{"amount":"6.67"}""", "23.29")]
    [InlineData("1", "0.01", "\"0.01\"", "", "0.00")]
    [InlineData("7", "0.10", "null", """{"amount":"0.01"},{"amount":"0.01"},{"amount":"0.01"}""", "0.67")]
    public void Discounts_are_exact_to_the_penny(string quantity, string price, string total, string allocations, string amount) =>
        Assert.Equal(
            decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture),
            Placed(
                Shop.Order(
                    $$"""{"sku":"MUG","title":"Mug","quantity":{{quantity}},"price":"{{price}}","total_discount":{{total}},"discount_allocations":[{{allocations}}]}"""
                )
            )
                .Lines[0]
                .Amount
        );

    public static TheoryData<string, string> Wrong =>
        new()
        {
            { """{"created_at":"2026-02-28T10:00:00Z","line_items":[]}""", "id" },
            { Shop.Order().Replace("1001", "{}", StringComparison.Ordinal), "id" },
            { Shop.Order().Replace("1001", "\"\"", StringComparison.Ordinal), "id" },
            { Shop.Order().Replace("1001", new string('9', 200), StringComparison.Ordinal), "id" },
            { Shop.Order().Replace("1001", "\"a\\u0000\"", StringComparison.Ordinal), "id" },
            { Shop.Order().Replace("2026-02-28T10:00:00-05:00", "soon", StringComparison.Ordinal), "created_at" },
            { Shop.Order().Replace("2026-02-28T10:00:00-05:00", "10:00", StringComparison.Ordinal), "created_at" },
            { Shop.Order().Replace("\"2026-02-28T10:00:00-05:00\"", "5", StringComparison.Ordinal), "created_at" },
            { Shop.Order().Replace("EUR", "ZZZ", StringComparison.Ordinal), "currency" },
            { Shop.Order().Replace($"[{Shop.Line}]", "{}", StringComparison.Ordinal), "line_items" },
            { Shop.Order("5"), "line_items[0]" },
            { Shop.Order(Shop.Line + ",null"), "line_items[1]" },
            {
                Shop.Order(Shop.Line + "," + Shop.Line.Replace("\"quantity\":2", "\"quantity\":\"two\"", StringComparison.Ordinal)),
                "line_items[1].quantity"
            },
            { Shop.Order(Shop.Line.Replace("\"quantity\":2,", "", StringComparison.Ordinal)), "line_items[0].quantity" },
            { Shop.Order(Shop.Line.Replace("9.99", "9,99", StringComparison.Ordinal)), "line_items[0].price" },
            { Shop.Order(Shop.Line.Replace("\"9.99\"", "79228162514264337593543950335", StringComparison.Ordinal)), "line_items[0].price" },
            { Shop.Order(Shop.Line.Replace("\"0.00\"", "[]", StringComparison.Ordinal)), "line_items[0].total_discount" },
            {
                Shop.Order(
                    Shop.Line.Replace(
                        "\"discount_allocations\":[]",
                        "\"discount_allocations\":[{\"amount\":\"x\"}]",
                        StringComparison.Ordinal
                    )
                ),
                "line_items[0].discount_allocations[0].amount"
            },
            { Shop.Order(Shop.Line.Replace("\"title\":\"Mug\"", "\"title\":\"\"", StringComparison.Ordinal)), "line_items[0].title" },
            { Shop.Order(Shop.Line.Replace("\"MUG\"", $"\"{new string('x', 256)}\"", StringComparison.Ordinal)), "line_items[0].sku" },
            {
                Shop.Order($$"""{"title":"Mug","quantity":1,"price":"1","variant_id":"{{new string('x', 120)}}"}"""),
                "line_items[0].variant_id"
            },
            { Shop.Order(more: ",\"location_id\":true"), "location_id" },
            { Shop.Order(more: ",\"customer\":{\"id\":[]}"), "customer.id" },
            { Shop.Order(more: ",\"cancelled_at\":\"never\""), "cancelled_at" },
        };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_field_is_named_by_its_path(string body, string field) =>
        Assert.Equal(field, Shop.Rejected(ShopifyTopics.OrdersCreate, body).Field);

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void A_delivery_is_an_object(string body) => Assert.Equal("", Shop.Rejected(ShopifyTopics.OrdersCreate, body).Field);

    [Fact]
    public void A_delivery_without_a_topic_is_refused() => Assert.Equal("X-Shopify-Topic", Shop.Rejected("", Shop.Order()).Field);

    [Theory]
    [InlineData("orders/updated")]
    [InlineData("Orders/Create")]
    public void A_topic_that_is_not_used_is_ignored_by_name(string topic) =>
        Assert.Contains(topic, Shop.Translate(topic, Shop.Order()).IgnoredBecause, StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-03-02T09:30:01Z", "24 hours")]
    [InlineData("1969-12-31T00:00:00Z", "1970")]
    [InlineData("1970-01-01T00:00:00Z", "25 years")]
    public void An_impossible_time_is_refused(string time, string reason) =>
        Assert.Contains(
            reason,
            Shop.Rejected(
                ShopifyTopics.OrdersCreate,
                Shop.Order().Replace("2026-02-28T10:00:00-05:00", time, StringComparison.Ordinal)
            ).Reason,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("\"MUG\"")]
    [InlineData("\"Mug\"")]
    [InlineData("\"9.99\"")]
    [InlineData("\"EUR\"")]
    [InlineData("1001")]
    [InlineData("\"2026-02-28T10:00:00-05:00\"")]
    public void Half_a_surrogate_pair_is_a_rejection_and_not_a_fault(string there) =>
        Shop.Rejected(ShopifyTopics.OrdersCreate, Shop.Order().Replace(there, "\"\\ud800\"", StringComparison.Ordinal));

    [Fact]
    public void Rules_of_the_canonical_order_hold_for_a_shops_too()
    {
        Assert.Contains("lines", Shop.Rejected(ShopifyTopics.OrdersCreate, Shop.Order("")).Field, StringComparison.Ordinal);
        Assert.Contains(
            "discount",
            Shop.Rejected(ShopifyTopics.OrdersCreate, Shop.Order(Shop.Line.Replace("0.00", "19.99", StringComparison.Ordinal))).Field,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "quantity",
            Shop.Rejected(
                ShopifyTopics.OrdersCreate,
                Shop.Order(Shop.Line.Replace("\"quantity\":2", "\"quantity\":0", StringComparison.Ordinal))
            ).Field,
            StringComparison.Ordinal
        );
    }
}
