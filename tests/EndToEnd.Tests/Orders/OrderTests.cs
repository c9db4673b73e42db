namespace Stockgate.EndToEnd.Tests.Orders;

[Collection(SharedApp.Name)]
public class OrderTests(RunningApp running)
{
    private static readonly DateTimeOffset Noon = Events.Noon;

    [Fact]
    public async Task An_order_shows_its_state_its_money_and_who_said_what()
    {
        await running.Partner.AcceptedAsync(
            Events.Placed("O-1", "O-1-sku", 4, Noon),
            Events.Shipped("O-1", "O-1-sku", 4, Noon.AddHours(1)),
            Events.Refunded("O-1", "O-1-sku", 1, Noon.AddHours(2))
        );
        await running.ProjectedAsync();
        var order = await running.ReadAsync("orders/O-1");
        Assert.Equal(
            ("Shipped", "GBP", "c-1"),
            (
                order.GetProperty("status").GetString(),
                order.GetProperty("currency").GetString(),
                order.GetProperty("customerId").GetString()
            )
        );
        Assert.Equal((10m, 2.5m), (order.GetProperty("gross").GetDecimal(), order.GetProperty("refunded").GetDecimal()));
        var said = order.GetProperty("said").EnumerateArray().ToList();
        Assert.Equal(
            ["stockgate.order.placed.v1", "stockgate.order.shipped.v1", "stockgate.order.refunded.v1"],
            said.Select(s => s.GetProperty("type").GetString())
        );
        Assert.All(
            said,
            s => Assert.Equal(("retailer", "test"), (s.GetProperty("channel").GetString(), s.GetProperty("source").GetString()))
        );
        Assert.All(said, s => Assert.True(s.GetProperty("ageSeconds").GetDouble() > 0));
    }

    [Fact]
    public async Task An_open_order_shows_what_it_reserves()
    {
        await running.Partner.AcceptedAsync(Events.Placed("O-2", "O-2-sku", 4));
        await running.ProjectedAsync();
        var reserved = Assert.Single((await running.ReadAsync("orders/O-2")).GetProperty("reserved").EnumerateArray());
        Assert.Equal(
            ("O-2-sku", "main", 4m),
            (
                reserved.GetProperty("sku").GetString(),
                reserved.GetProperty("location").GetString(),
                reserved.GetProperty("quantity").GetDecimal()
            )
        );
    }

    [Fact]
    public async Task A_cancellation_that_comes_before_its_order_holds()
    {
        await running.Partner.AcceptedAsync(Events.Cancelled("O-3", Noon.AddHours(1)));
        await running.ProjectedAsync();
        Assert.Equal("Announced", (await running.ReadAsync("orders/O-3")).GetProperty("status").GetString());
        await running.Partner.AcceptedAsync(Events.Placed("O-3", "O-3-sku", 4, Noon));
        await running.ProjectedAsync();
        Assert.Equal("Cancelled", (await running.ReadAsync("orders/O-3")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("inventory/never-said", "unknown-sku", "sku")]
    [InlineData("orders/never-said", "unknown-order", "order")]
    [InlineData("products/never-said", "unknown-product", "product")]
    public async Task What_was_never_said_is_not_found(string path, string slug, string field)
    {
        using var response = await running.GetAsync(path);
        await Problem.IsAsync(response, 404, slug, field);
    }

    [Theory]
    [InlineData("inventory/S-1")]
    [InlineData("inventory/S-1/sales")]
    [InlineData("orders/O-1")]
    [InlineData("products/P-1")]
    [InlineData("quarantine")]
    [InlineData("exceptions")]
    [InlineData("decisions/anything")]
    public async Task Nobody_reads_without_a_key(string path)
    {
        using var without = await running.CallWithKeyAsync(HttpMethod.Get, path, key: null);
        Assert.Equal(401, (int)without.StatusCode);
        using var wrong = await running.CallWithKeyAsync(HttpMethod.Get, path, key: "sgk_wrong");
        Assert.Equal(401, (int)wrong.StatusCode);
    }

    [Fact]
    public async Task The_host_key_is_no_master_key()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("x-functions-key", running.App.HostKey);
        using var response = await http.GetAsync(new Uri(running.App.BaseAddress, "admin/host/status"));
        Assert.Equal(403, (int)response.StatusCode);
    }
}
