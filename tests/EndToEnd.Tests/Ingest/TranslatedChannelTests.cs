using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stockgate.EndToEnd.Tests.Ingest;

/// <summary>A WooCommerce shop, and a system that nobody knows and a mapping translates, over HTTP.</summary>
public sealed class TranslatedChannelTests : IAsyncLifetime
{
    private const string Secret = "a-secret-of-the-sender";

    private const string Mapping = """
        {"records":"$$.counts","events":[{"type":"stockgate.stock.counted.v1","id":{"@join":["count:","$.no"]},
         "time":{"@path":"$.at","@time":{"format":"unix"}},
         "data":{"sku":"$.article","location":{"@path":"$.place","@lookup":{"map":{"17":"L17"}}},"quantity":{"@path":"$.cases","@number":{"times":6}}}}]}
        """;

    private readonly HttpClient http = new();
    private readonly RunningApp running = new()
    {
        Configure = static settings =>
        {
            settings.Environment["Channels__wooshop__Scheme"] = "WooCommerce";
            settings.Environment["Channels__wooshop__Secrets__0"] = Secret;
            settings.Environment["Channels__wooshop__Currency"] = "EUR";
            settings.Environment["Channels__legacy__Scheme"] = "None";
            settings.Environment["Channels__legacy__Format"] = "Mapping";
            settings.Environment["Channels__legacy__Mapping"] = Mapping;
        },
    };

    public Task InitializeAsync() => running.InitializeAsync();

    public async Task DisposeAsync()
    {
        http.Dispose();
        await running.DisposeAsync();
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task<JsonElement> SendAsync(string channel, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(running.App.BaseAddress, $"api/v1/channels/{channel}/events"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        Assert.True((int)response.StatusCode == 202, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<JsonElement> WooAsync(string topic, string body)
    {
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body)));
        return SendAsync("wooshop", body, ("X-WC-Webhook-Topic", topic), ("X-WC-Webhook-Signature", signature));
    }

    [Fact]
    public async Task A_shop_and_a_mapped_system_are_seen_in_stock_and_orders()
    {
        var at = $"{Now.AddMinutes(-5):yyyy-MM-ddTHH:mm:ss}";
        await WooAsync(
            "product.updated",
            $$"""{"id":93,"name":"Mug","type":"simple","status":"publish","sku":"WOO-MUG","date_modified_gmt":"{{at}}","price":"8.00","manage_stock":true,"stock_quantity":7}"""
        );
        await WooAsync(
            "order.created",
            $$"""{"id":88001,"status":"processing","currency":"EUR","date_created_gmt":"{{at}}","date_modified_gmt":"{{at}}","total":"16.00","line_items":[{"id":1,"name":"Mug","product_id":93,"quantity":2,"subtotal":"16.00","total":"16.00","total_tax":"0","sku":"WOO-MUG"}]}"""
        );
        var ignored = await WooAsync("coupon.created", """{"id":5}""");
        Assert.Equal(1, ignored.GetProperty("ignored").GetInt32());

        var seconds = Now.AddMinutes(-5).ToUnixTimeSeconds();
        var counted = await SendAsync(
            "legacy",
            $$"""{"counts":[{"no":1,"at":{{seconds}},"article":"MAP-1","place":17,"cases":2},{"no":2,"at":{{seconds}},"article":"MAP-2","place":99,"cases":1}]}"""
        );
        Assert.Equal((1, 1), (counted.GetProperty("accepted").GetInt32(), counted.GetProperty("quarantined").GetInt32()));
        await running.ProjectedAsync();

        Assert.Equal(16m, (await running.ReadAsync("orders/88001")).GetProperty("money").GetProperty("total").GetDecimal());
        Assert.Equal(12m, (await running.ReadAsync("inventory/MAP-1")).GetProperty("availableToPromise").GetDecimal());
        await CorrectedAsync(counted.GetProperty("records")[1].GetProperty("quarantineId").GetString()!);
    }

    // What is kept of a refused record is a delivery of it alone, so that a correction of it is mapped as it was.
    private async Task CorrectedAsync(string id)
    {
        using var kept = await running.CallAsync(HttpMethod.Get, $"quarantine/legacy/{id}", "Ada");
        var body = await kept.Content.ReadAsStringAsync();
        Assert.DoesNotContain("MAP-1", body, StringComparison.Ordinal);
        var corrected = Encoding.UTF8.GetBytes(body.Replace("99", "17", StringComparison.Ordinal));
        using var replayed = await running.CallAsync(
            HttpMethod.Post,
            $"quarantine/legacy/{id}/replay",
            "Ada",
            corrected,
            reason: "the place is 17"
        );
        Assert.True((int)replayed.StatusCode == 202, await replayed.Content.ReadAsStringAsync());
        await running.ProjectedAsync();
        Assert.Equal(6m, (await running.ReadAsync("inventory/MAP-2")).GetProperty("availableToPromise").GetDecimal());
    }
}
