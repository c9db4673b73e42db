using System.Net;
using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;

namespace Stockgate.EndToEnd.Tests.Pricing;

/// <summary>Runs over all prices, a price that a person is asked about, and taking back what went out since a moment, over HTTP.</summary>
public sealed class PriceRunTests(PricingWorld world) : IClassFixture<PricingWorld>
{
    private decimal? Shown(string sku) =>
        world.Partners.PriceOf(PricingWorld.Channel, new Sku(sku), new RegionId(PricingWorld.Region))?.Amount;

    [Fact]
    public async Task A_dry_run_shows_what_a_run_then_does_a_person_decides_the_large_step_and_all_of_it_is_taken_back()
    {
        var since = PricingWorld.Now;
        // A run decides what events have not: these are counted while nothing is looked at because of them.
        var (small, large) = ("SLOW-1", "SLOW-4");
        await world.PutPolicyAsync(3, "Off");
        await Task.WhenAll(world.CountAsync(small, 400), world.CountAsync(large, 400));
        await world.Running.ProjectedAsync();
        await world.PostAsync("pricing/runs?dryRun=false", "lena", "", 409);
        await world.PostAsync("pricing/runs", "petra", "", 403);

        var dry = await RunAsync("pricing/runs");
        Assert.Contains("no price was changed", dry.GetProperty("result").GetString(), StringComparison.Ordinal);
        var csv = await world.TextAsync($"pricing/runs/{dry.GetProperty("id").GetString()}/changes.csv", "petra");
        Assert.Contains(
            csv.Split('\n'),
            line => line.Contains(small, StringComparison.Ordinal) && line.Contains("Publish", StringComparison.Ordinal)
        );
        Assert.Contains(
            csv.Split('\n'),
            line => line.Contains(large, StringComparison.Ordinal) && line.Contains("Ask", StringComparison.Ordinal)
        );
        Assert.Contains(
            small,
            await world.TextAsync($"pricing/runs/{dry.GetProperty("id").GetString()}/index.html", "lena"),
            StringComparison.Ordinal
        );
        Assert.Empty(world.Partners.Prices.All);

        await world.PutPolicyAsync(4, "Publish");
        await RunAsync("pricing/runs?dryRun=false");
        await RunningApp.UntilAsync(() => Task.FromResult(Shown(small) < 20), "the small step is shown");
        Assert.Equal(20, Shown(large));

        // The large one waits for Lena, who is told by mail what it is about.
        await RunningApp.UntilAsync(
            () => Task.FromResult(world.Mail.To("lena").Any(m => m.Subject.Contains(large, StringComparison.Ordinal))),
            "Lena is asked by mail"
        );
        var page = await world.Browser.OpenAsync(
            world.Mail.To("lena").Last(m => m.Subject.Contains(large, StringComparison.Ordinal)).Link!
        );
        Assert.Contains("20.00 GBP", page.Text, StringComparison.Ordinal);
        Assert.Contains("Approved by lena", (await world.Browser.PressAsync(page, "approve")).Text, StringComparison.Ordinal);
        await RunningApp.UntilAsync(() => Task.FromResult(Shown(large) < 20), "what Lena approved is shown");
        await world.ConfirmedAsync(small);
        await world.ConfirmedAsync(large);

        var revert = await world.PostAsync($"pricing/revert?since={Uri.EscapeDataString(since.ToString("O"))}", "lena");
        Assert.Equal(2, revert.GetProperty("prices").GetInt32());
        await RunningApp.UntilAsync(
            async () =>
                (await world.Running.ReadAsync($"pricing/reverts/{revert.GetProperty("id").GetString()}"))
                    .GetProperty("confirmed")
                    .GetInt32() == 2,
            "both are confirmed at their prices before"
        );
        Assert.Equal((20m, 20m), (Shown(small), Shown(large)));
        Assert.Equal([1, 2], world.Partners.Prices.All.Where(p => p.Price.Sku.Value == large).Select(static p => p.Price.Revision));
    }

    [Fact]
    public async Task A_simulation_of_the_shops_own_history_says_what_the_policy_would_have_brought()
    {
        var simulated = await RunAsync("pricing/simulations");
        Assert.StartsWith("simulation-", simulated.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(simulated.GetProperty("result").GetString()!);
        Assert.Contains(
            "<svg",
            await world.TextAsync($"pricing/runs/{simulated.GetProperty("id").GetString()}/index.html", "petra"),
            StringComparison.Ordinal
        );
    }

    private async Task<JsonElement> RunAsync(string path)
    {
        var started = await world.PostAsync(path, "lena", status: (int)HttpStatusCode.Accepted, body: "");
        var ended = default(JsonElement);
        await RunningApp.UntilAsync(
            async () =>
                (ended = await world.Running.ReadAsync($"pricing/runs/{started.GetProperty("id").GetString()}"))
                    .GetProperty("status")
                    .GetString() != "Running",
            "the run has ended"
        );
        Assert.True(ended.GetProperty("status").GetString() == "Succeeded", ended.ToString());
        if (Environment.GetEnvironmentVariable("STOCKGATE_HISTORY") is { } history)
            await File.WriteAllTextAsync(
                $"{history}-{path.Replace('/', '-').Replace('?', '-')}.json",
                await world.Running.HistoryAsync("pricing")
            );
        return ended;
    }
}
