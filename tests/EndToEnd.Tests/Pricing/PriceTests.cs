using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;

namespace Stockgate.EndToEnd.Tests.Pricing;

/// <summary>From a count of the shelf to the price that customers see, and back by one call.</summary>
public sealed class PriceTests(PricingWorld world) : IClassFixture<PricingWorld>
{
    private static readonly RegionId North = new(PricingWorld.Region);

    private decimal? Shown(string sku) => world.Partners.PriceOf(PricingWorld.Channel, new Sku(sku), North)?.Amount;

    [Fact]
    public async Task An_old_count_holds_a_markdown_three_left_forbid_it_and_four_hundred_publish_it_until_it_is_taken_back()
    {
        var sku = world.Slow.Dequeue();
        // 40 would last for 80 days, and a markdown is due: but nobody has looked for six hours.
        await world.CountAsync(sku, 40, TimeSpan.FromHours(6));
        var held = Market(
            await world.LookAsync(
                sku,
                static item =>
                    Rule(item) == "StockFreshness"
                    && Market(item).GetProperty("reason").GetString()!.Contains("40", StringComparison.Ordinal),
                "an old count holds the price"
            )
        );
        Assert.Equal("Hold", held.GetProperty("outcome").GetString());
        var reason = held.GetProperty("reason").GetString()!;
        Assert.Contains("main", reason, StringComparison.Ordinal);
        Assert.Contains("6", reason, StringComparison.Ordinal);
        Assert.Equal(20, Shown(sku));

        // The count arrives: three are left.
        await world.CountAsync(sku, 3);
        var scarce = Market(await world.LookAsync(sku, static item => Rule(item) == "Scarcity", "three are nearly sold out"));
        Assert.NotEqual("Publish", scarce.GetProperty("outcome").GetString());
        Assert.DoesNotContain(world.Partners.Prices.All, p => p.Price.Sku.Value == sku);

        // 400 were found in the back.
        await world.CountAsync(sku, 400);
        await world.LookAsync(
            sku,
            static item => Publication(item) is { } p && p.TryGetProperty("confirmedAt", out var at) && at.ValueKind != JsonValueKind.Null,
            "the markdown is confirmed"
        );
        await IsInTheLogOfSentMessagesAsync(sku);
        var published = Assert.Single(await world.DecisionsAsync(sku), static d => d.GetProperty("outcome").GetString() == "Publish");
        var id = published.GetProperty("id").GetString()!;
        var price = Shown(sku)!.Value;
        // Below the price before, at or above the margin floor of 10 / (1 - 0.2), and no more than a step of a tenth.
        Assert.InRange(price, 18m, 19.6m);
        var sent = Assert.Single(world.Partners.Prices.All, p => p.Price.Sku.Value == sku);
        Assert.Equal((1, price, (decimal?)20m, id), (sent.Price.Revision, sent.Price.Price, sent.Price.CompareAt, sent.Price.Decision));
        var record = await world.Running.ReadAsync($"pricing/decisions/{id}");
        Assert.Equal("Confirmed", record.GetProperty("fate").GetString());
        Assert.Equal("Markdown", record.GetProperty("decision").GetProperty("mode").GetString());
        Assert.True(record.GetProperty("decision").GetProperty("weighed").GetArrayLength() > 2);

        await world.PostAsync($"pricing/decisions/{id}/revert", "lena");
        await RunningApp.UntilAsync(() => Task.FromResult(Shown(sku) == 20), "the price before is shown again", TimeSpan.FromSeconds(30));
        await world.LookAsync(
            sku,
            static item =>
                Publication(item) is { } p
                && p.GetProperty("cause").GetString() == "Revert"
                && p.TryGetProperty("confirmedAt", out var at)
                && at.ValueKind != JsonValueKind.Null,
            "the revert is confirmed"
        );
        Assert.Equal("Reverted", (await world.Running.ReadAsync($"pricing/decisions/{id}")).GetProperty("fate").GetString());
        // Left alone from now on, though the overstock is still there.
        await world.CountAsync(sku, 401);
        await world.LookAsync(sku, static item => Rule(item) == "HeldAfterRevert", "it is left alone");
        Assert.Equal(20, Shown(sku));
    }

    private static string? Rule(JsonElement item) =>
        Look(item) is { } look && look.TryGetProperty("rule", out var rule) ? rule.GetString() : null;

    private static JsonElement Market(JsonElement item) => Look(item)!.Value;

    private static JsonElement? Look(JsonElement item) =>
        item.GetProperty("prices")
            .EnumerateArray()
            .Select(static p => p.GetProperty("lastLook"))
            .FirstOrDefault(static l => l.ValueKind == JsonValueKind.Object)
            is { ValueKind: JsonValueKind.Object } look
            ? look
            : null;

    private static JsonElement? Publication(JsonElement item) =>
        item.GetProperty("prices")
            .EnumerateArray()
            .Select(static p => p.GetProperty("price"))
            .Where(static s => s.ValueKind == JsonValueKind.Object)
            .Select(static s => s.TryGetProperty("publication", out var p) ? p : default)
            .FirstOrDefault(static p => p.ValueKind == JsonValueKind.Object)
            is { ValueKind: JsonValueKind.Object } found
            ? found
            : null;

    // Found by the SKU, which stands in its body alone.
    private async Task IsInTheLogOfSentMessagesAsync(string sku)
    {
        var log = $"outbound/{PricingWorld.Channel}/messages";
        var sent = (await world.Running.ReadAsync($"{log}?about={sku}&outcome=Accepted")).GetProperty("messages")[0];
        Assert.InRange(sent.GetProperty("attempts")[0].GetProperty("status").GetInt32(), 200, 299);
        using var body = await world.Running.GetAsync($"{log}/{Uri.EscapeDataString(sent.GetProperty("messageId").GetString()!)}/body");
        Assert.Contains(sku, await body.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
