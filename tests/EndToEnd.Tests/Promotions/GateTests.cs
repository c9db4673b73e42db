namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>What holds a launch up, and what lets it go: each time by a signal, for nobody looks by the clock here within a test.</summary>
[Collection(ToldWorld.Name)]
public class GateTests(ToldWorld world)
{
    [Fact]
    public async Task Funding_that_is_confirmed_late_holds_the_launch_until_the_supplier_says_so()
    {
        var sku = await world.ItemAsync(price: 20);
        var early = await world.PostAsync(Funded(sku, startsIn: 7_200));
        await world.UntilAsync(early, () => world.GateIsAsync(early, "funding", "Amber"), "funding is amber two hours before the start");
        await world.CommandAsync(early, "Cancel");
        await world.IsOverAsync(early, "Cancelled", sku, 20);

        var id = await world.ApprovedAsync(Funded(sku, startsIn: 15));
        await world.UntilAsync(id, () => world.GateIsAsync(id, "funding", "Red"), "funding is red seconds before the start");
        await world.UntilAsync(id, () => world.GateIsAsync(id, "channels", "Green"), "everybody else is ready");
        Assert.Equal("Gating", await world.StateAsync(id));
        Assert.Contains("acme", await world.ExplainAsync(id), StringComparison.Ordinal);
        await world.IsOwnedAsync(id);
        await world.SaidAsync(
            Events.Of(
                "promotion.funding-confirmed",
                new
                {
                    promotion = id,
                    supplier = "acme",
                    reference = "F-1",
                },
                TimeProvider.System.GetUtcNow()
            )
        );
        await world.UntilAsync(id, "Live");
        world.Shows(sku, 16);
        Assert.True(await world.GateIsAsync(id, "funding", "Green"));
        await world.CommandAsync(id, "End");
        await world.IsOverAsync(id, "Settled", sku, 20);
    }

    [Fact]
    public async Task What_a_region_lacks_is_shown_ordered_confirmed_and_then_it_launches()
    {
        var sku = await world.ItemAsync(price: 20, stock: 5, supplier: "acme");
        var id = await world.ApprovedAsync(PromotionWorld.Request([sku], startsIn: 15, lasts: TimeSpan.FromDays(30).TotalSeconds));
        await world.UntilAsync(id, () => world.GateIsAsync(id, "replenishment", "Red"), "replenishment is red");
        Assert.True(await world.GateIsAsync(id, "stock", "Amber"));
        var lacking = Assert.Single((await world.Running.ReadAsync($"promotions/{id}")).GetProperty("shortfalls").EnumerateArray());
        var units = lacking.GetProperty("toOrder").GetDecimal();
        Assert.True(units > 0);
        await world.RefusedAsync($"promotions/{id}/replenishment", new { sku, region = "north" }, "mia", 403, "role-needed", null);
        var order = await world.AcceptedAsync($"promotions/{id}/replenishment", new { sku, region = "north" }, "paul");
        Assert.Equal(units, order.GetProperty("units").GetDecimal());
        await world.UntilAsync(id, () => world.GateIsAsync(id, "replenishment", "Amber"), "the order waits for the supplier");

        var now = TimeProvider.System.GetUtcNow();
        await world.SaidAsync(
            Events.Of(
                "promotion.capacity-confirmed",
                new
                {
                    promotion = id,
                    supplier = "acme",
                    sku,
                    capacity = units,
                },
                now
            )
        );
        await world.UntilAsync(id, () => world.GateIsAsync(id, "supplier-capacity", "Green"), "the supplier can deliver");
        Assert.Equal("Gating", await world.StateAsync(id));
        await world.SaidAsync(
            Events.Of(
                "supplier.confirmed",
                new
                {
                    sku,
                    supplier = "acme",
                    purchaseOrder = order.GetProperty("purchaseOrder").GetString(),
                    location = "depot",
                    quantity = units,
                    dueAt = now.AddDays(1),
                },
                now
            )
        );
        await world.UntilAsync(id, "Live");
        Assert.True(await world.GateIsAsync(id, "stock", "Green") && await world.GateIsAsync(id, "replenishment", "Green"));
        world.Shows(sku, 16);
        await world.CommandAsync(id, "End");
        await world.IsOverAsync(id, "Settled", sku, 20);
        await world.DecidedAsync(id, $"ordered {units} of {sku} for north");
    }

    [Fact]
    public async Task A_stale_stock_feed_holds_the_launch_until_somebody_else_answers_for_it()
    {
        var (sku, id) = await StaleAsync(by: "rita");
        var until = TimeProvider.System.GetUtcNow().AddHours(1);
        await world.RefusedAsync(
            $"promotions/{id}/overrides",
            new
            {
                gate = "freshness",
                reason = "I counted",
                expiresAt = until,
            },
            "mia",
            403,
            "role-needed",
            null
        );
        await world.RefusedAsync(
            $"promotions/{id}/overrides",
            new
            {
                gate = "freshness",
                reason = "I counted",
                expiresAt = until,
            },
            "rita",
            403,
            "own-promotion",
            null
        );
        await world.RefusedAsync(
            $"promotions/{id}/decisions",
            new
            {
                role = "finance",
                terms = 1,
                approved = true,
            },
            "rita",
            403,
            "own-promotion",
            null
        );
        await world.RefusedAsync(
            $"promotions/{id}/decisions",
            new
            {
                role = "finance",
                terms = 1,
                approved = true,
            },
            "mia",
            403,
            "role-needed",
            "role"
        );
        await world.RefusedAsync(
            $"promotions/{id}/overrides",
            new { gate = "freshness", expiresAt = until },
            "cora",
            400,
            "unfit-promotion",
            "reason"
        );
        await world.RefusedAsync(
            $"promotions/{id}/overrides",
            new
            {
                gate = "freshness",
                reason = "I counted",
                expiresAt = until.AddDays(60),
            },
            "cora",
            400,
            "unfit-promotion",
            "expiresAt"
        );
        await world.AcceptedAsync(
            $"promotions/{id}/overrides",
            new
            {
                gate = "freshness",
                reason = "The shelf was walked an hour ago.",
                expiresAt = until,
            },
            "cora"
        );
        await world.ApproveAsync(id);
        await world.UntilAsync(id, "Live");
        world.Shows(sku, 16);
        await world.DecidedAsync(id, "overrode freshness", "approved as finance");
        using var ended = await world.SendAsync(
            HttpMethod.Post,
            $"promotions/{id}/commands",
            new { kind = "End", reason = "enough" },
            "rita"
        );
        await world.IsOverAsync(id, "Settled", sku, 20);
    }

    [Fact]
    public async Task A_new_count_lets_a_stale_promotion_launch()
    {
        var (sku, id) = await StaleAsync(by: "mia");
        await world.ApproveAsync(id);
        var now = TimeProvider.System.GetUtcNow();
        await world.SaidAsync(Events.Counted(sku, 5_000, now, "store-n"), Events.Counted(sku, 5_000, now, "depot"));
        await world.UntilAsync(id, "Live");
        Assert.True(await world.GateIsAsync(id, "freshness", "Green"));
        world.Shows(sku, 16);
        await world.CommandAsync(id, "End");
        await world.IsOverAsync(id, "Settled", sku, 20);
    }

    private async Task<(string Sku, string Id)> StaleAsync(string by)
    {
        var sku = await world.ItemAsync(price: 20, countedAt: TimeProvider.System.GetUtcNow().AddHours(-10));
        var id = await world.PostAsync(PromotionWorld.Request([sku], startsIn: 15), by);
        await world.UntilAsync(id, () => world.GateIsAsync(id, "freshness", "Amber"), "freshness is amber");
        await world.UntilAsync(id, () => world.GateIsAsync(id, "channels", "Green"), "every channel is ready");
        Assert.Equal("Gating", await world.StateAsync(id));
        Assert.Matches(
            $"{sku} at (store-n|depot) \\(10[^ ]* h old, limit 4 h\\)",
            (await world.GateAsync(id, "freshness")).GetProperty("reason").GetString()
        );
        return (sku, id);
    }

    private static Dictionary<string, object?> Funded(string sku, double startsIn)
    {
        var request = PromotionWorld.Request([sku], startsIn);
        request["funding"] = new[]
        {
            new
            {
                supplier = "acme",
                reference = "F-1",
                perUnit = new { amount = 2, currency = "GBP" },
            },
        };
        return request;
    }
}
