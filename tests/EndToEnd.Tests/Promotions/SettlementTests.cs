using System.Net;
using System.Text.Json;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.EndToEnd.Tests.Promotions;

[Collection(SharedWorld.Name)]
public class SettlementTests(PromotionWorld world)
{
    [Fact]
    public async Task What_was_sold_is_billed_paid_and_reported()
    {
        var (category, supplier) = ($"C-{Guid.NewGuid():N}", "acme");
        var sku = await world.ItemAsync(price: 20, cost: 8, category: category, supplier: supplier);
        var neighbour = await world.ItemAsync(price: 12, cost: 5, category: category);
        var request = PromotionWorld.Request([sku], lasts: 120);
        request["funding"] = new[]
        {
            new
            {
                supplier,
                reference = "F-77",
                perUnit = new { amount = 1.333m, currency = "GBP" },
            },
        };
        var id = await world.PostAsync(request);
        await RunningApp.UntilAsync(() => world.GateIsAsync(id, "funding", "Amber"), "funding waits for the supplier");
        await world.Running.Partner.AcceptedAsync(
            Events.Of(
                "promotion.funding-confirmed",
                new
                {
                    promotion = id,
                    supplier,
                    reference = "F-77",
                    units = 10_000,
                },
                TimeProvider.System.GetUtcNow()
            )
        );
        await world.ApproveAsync(id);
        await world.UntilAsync(id, "Live");

        var now = TimeProvider.System.GetUtcNow();
        await world.Running.Partner.AcceptedAsync(
            Sale($"t1-{id}", sku, 4, 16, now),
            Sale($"t2-{id}", sku, 1, 16, now),
            Sale($"t3-{id}", neighbour, 1, 12, now)
        );
        await world.Running.ProjectedAsync();
        await world.CommandAsync(id, "End");
        await world.UntilAsync(id, "Settled");

        var report = await world.Running.ReadAsync($"promotions/{id}/settlement?format=json");
        var whole = report.GetProperty("whole");
        Assert.Equal(5, whole.GetProperty("units").GetDecimal());
        Assert.Equal(80, whole.GetProperty("revenue").GetProperty("amount").GetDecimal());
        Assert.Equal(20, whole.GetProperty("discount").GetProperty("amount").GetDecimal());
        Assert.Equal(40, whole.GetProperty("cost").GetProperty("amount").GetDecimal());
        Assert.Equal(2, report.GetProperty("customers").GetInt32());
        var funding = report.GetProperty("funding")[0];
        // 5 × 1.333 is 6.665: accrued to the last digit, billed in coins, paid as billed.
        Assert.Equal(6.665m, funding.GetProperty("accrued").GetProperty("amount").GetDecimal());
        var claimed = funding.GetProperty("claimed").GetProperty("amount").GetDecimal();
        Assert.InRange(claimed, 6.66m, 6.67m);
        Assert.Equal(claimed, funding.GetProperty("recovered").GetProperty("amount").GetDecimal());
        Assert.Equal(category, report.GetProperty("cannibalisation")[0].GetProperty("category").GetString());
        Assert.True(report.GetProperty("samples").GetArrayLength() > 0, "Nobody looked at the shelves.");
        Assert.Equal(
            claimed,
            Assert
                .Single(
                    world
                        .Partners.Others.Select(static o => o.Message)
                        .OfType<ClaimMessage>()
                        .Where(c => c.Promotion.Value == id)
                        .Distinct()
                )
                .Amount.Amount
        );

        using var page = await world.Running.GetAsync($"promotions/{id}/settlement");
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Summer deal", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "default-src 'none'",
            string.Join(' ', page.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        using var csv = await world.Running.GetAsync($"promotions/{id}/settlement?format=csv");
        Assert.Contains(sku, await csv.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        world.Shows(sku, 20);
        await world.DecidedAsync(id, "settlement written", "Ended → Settled");
    }

    [Fact]
    public async Task What_comes_after_it_was_settled_is_booked_as_a_numbered_correction()
    {
        var supplier = "acme";
        var sku = await world.ItemAsync(price: 20, cost: 8, category: $"C-{Guid.NewGuid():N}", supplier: supplier);
        var request = PromotionWorld.Request([sku], lasts: 120);
        request["funding"] = new[]
        {
            new
            {
                supplier,
                reference = "F-78",
                perUnit = new { amount = 2m, currency = "GBP" },
            },
        };
        var id = await world.PostAsync(request);
        await RunningApp.UntilAsync(() => world.GateIsAsync(id, "funding", "Amber"), "funding waits for the supplier");
        await world.Running.Partner.AcceptedAsync(
            Events.Of(
                "promotion.funding-confirmed",
                new
                {
                    promotion = id,
                    supplier,
                    reference = "F-78",
                    units = 10_000,
                },
                TimeProvider.System.GetUtcNow()
            )
        );
        await world.ApproveAsync(id);
        await world.UntilAsync(id, "Live");
        var sold = TimeProvider.System.GetUtcNow();
        await world.Running.Partner.AcceptedAsync(Sale($"t1-{id}", sku, 4, 16, sold));
        await world.Running.ProjectedAsync();
        await world.CommandAsync(id, "End");
        await world.UntilAsync(id, "Settled");

        // A till that was offline sends what it sold while the promotion ran.
        await world.Running.Partner.AcceptedAsync(Sale($"t2-{id}", sku, 3, 16, sold));
        await world.Running.ProjectedAsync();
        await RunningApp.UntilAsync(async () => await SettledAsync(id) is (>= 1, 7, 14, 14), "the late sale is sold, billed and paid");

        await world.Running.Partner.AcceptedAsync(
            Events.Of(
                "order.refunded",
                new
                {
                    orderId = $"t2-{id}",
                    refundId = "r-1",
                    currency = "GBP",
                    restockedAt = "store-n",
                    lines = new[]
                    {
                        new
                        {
                            sku,
                            description = "thing",
                            quantity = 2m,
                            unitPrice = 16m,
                        },
                    },
                },
                TimeProvider.System.GetUtcNow()
            )
        );
        await world.Running.ProjectedAsync();
        await RunningApp.UntilAsync(async () => await SettledAsync(id) is (>= 2, 5, 10, 14), "what came back is neither sold nor billed");
        await world.DecidedAsync(id, "settlement written", "settlement corrected: correction 1", "settlement corrected: correction 2");
    }

    private async Task<(int Correction, decimal Units, decimal Claimed, decimal Recovered)> SettledAsync(string id)
    {
        var report = await world.Running.ReadAsync($"promotions/{id}/settlement?format=json");
        var funding = report.GetProperty("funding")[0];
        return (
            report.TryGetProperty("correction", out var number) ? number.GetInt32() : 0,
            report.GetProperty("whole").GetProperty("units").GetDecimal(),
            funding.GetProperty("claimed").GetProperty("amount").GetDecimal(),
            funding.GetProperty("recovered").GetProperty("amount").GetDecimal()
        );
    }

    [Fact]
    public async Task A_promotion_that_is_not_over_has_no_settlement()
    {
        var id = await world.PostAsync(PromotionWorld.Request([await world.ItemAsync()], startsIn: 600));
        using var response = await world.Running.GetAsync($"promotions/{id}/settlement");
        await Problem.IsAsync(response, (int)HttpStatusCode.NotFound, "no-settlement", "id");
        await world.CommandAsync(id, "Cancel");
        await world.UntilAsync(id, "Cancelled");
    }

    private static byte[] Sale(string order, string sku, decimal units, decimal price, DateTimeOffset at) =>
        Events.Of(
            "order.placed",
            new
            {
                orderId = order,
                currency = "GBP",
                location = "store-n",
                fulfilment = "Immediate",
                lines = new[]
                {
                    new
                    {
                        sku,
                        description = "thing",
                        quantity = units,
                        unitPrice = price,
                    },
                },
            },
            at
        );
}
