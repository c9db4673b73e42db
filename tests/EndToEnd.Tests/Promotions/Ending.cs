using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Domain;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>What holds for every promotion, whatever went wrong on its way.</summary>
public static class Ending
{
    private static readonly HttpClient Http = new();

    /// <summary>
    /// It is over in this state: every partner shows this price of the item, its one orchestration has completed, the audit chain is
    /// whole and holds each transition once and in order, nothing is left open about prices.
    /// </summary>
    public static async Task IsOverAsync(
        this PromotionWorld world,
        string id,
        string state,
        string sku,
        decimal price,
        TimeSpan? patience = null
    )
    {
        await world.UntilAsync(id, state, patience);
        await RunningApp.UntilAsync(
            async () => await OwnersAsync(world, id) is ["Completed"],
            $"the only orchestration of {id} has completed",
            TimeSpan.FromSeconds(30)
        );
        world.Shows(sku, price);
        foreach (var channel in PromotionWorld.Channels)
            Assert.Null(world.Partners.Books(channel).ActiveRevisionOf(new PromotionId(id)));
        var timeline = (await world.Running.ReadAsync($"promotions/{id}"))
            .GetProperty("promotion")
            .GetProperty("timeline")
            .EnumerateArray()
            .Select(Transition)
            .ToList();
        var chain = await world.Running.ReadAsync($"decisions/{Uri.EscapeDataString($"promotion {id}")}");
        Assert.True(chain.GetProperty("chainIsWhole").GetBoolean());
        var audited = chain
            .GetProperty("records")
            .EnumerateArray()
            .Select(static r => r.GetProperty("decision").GetString()!)
            .Where(static d => d.Contains(" → ", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(timeline, audited);
        Assert.DoesNotContain(
            await world.ExceptionsAsync(id),
            static e => e.GetProperty("type").GetString() is "prices-not-restored" or "promotion-not-ended" or "promotion-orphaned"
        );
    }

    /// <summary>It is open, and exactly one orchestration owns it.</summary>
    public static async Task IsOwnedAsync(this PromotionWorld world, string id) => Assert.Equal(["Running"], await OwnersAsync(world, id));

    /// <summary>Runtime states of the promotion's orchestrations.</summary>
    private static async Task<string[]> OwnersAsync(PromotionWorld world, string id)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(world.Running.App.BaseAddress, $"runtime/webhooks/durabletask/instances?instanceIdPrefix=promotion-{id}")
        );
        request.Headers.Add("x-functions-key", world.Running.App.MasterKey);
        using var response = await Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}");
        return
        [
            .. (await response.Content.ReadFromJsonAsync<JsonElement>())
                .EnumerateArray()
                .Select(static i => i.GetProperty("runtimeStatus").GetString()!),
        ];
    }

    private static string Transition(JsonElement t) =>
        $"{t.GetProperty("from").GetString()} → {t.GetProperty("to").GetString()}: {t.GetProperty("on").GetString()}";
}
