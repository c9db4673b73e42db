using System.Text.Json;
using Spectre.Console;
using Stockgate.Demo.Local;
using Stockgate.Demo.Partners;
using Stockgate.Demo.Posting;
using Stockgate.Demo.Promotions;
using Stockgate.Demo.Retail;
using Stockgate.Domain;
using Stockgate.Local.Run;

namespace Stockgate.Demo.Pricing;

/// <summary>
/// A price by day: an old count holds a markdown, three left forbid it, four hundred found in the back publish it, and one call takes it
/// back. Then sixty counts at once, and how long each took.
/// </summary>
internal sealed class PricingScene(
    LocalApp app,
    ApiClient client,
    PartnerServer partners,
    WebhookPoster poster,
    Retailer retailer,
    TimeProvider time
)
{
    private const string Lead = "Lena",
        Owner = "Pam",
        Channel = "ecommerce",
        Region = "north",
        Shelf = "store-01";
    private const int Item = 21,
        Many = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void AddTo(IDictionary<string, string> environment)
    {
        environment[$"People__{Owner}__Roles"] = "policy-owner";
        environment[$"People__{Lead}__Roles"] = environment.TryGetValue($"People__{Lead}__Roles", out var has)
            ? $"{has},pricing-lead"
            : "pricing-lead";
    }

    /// <returns>True where every price did what it should.</returns>
    public async Task<bool> PlayAsync(CancellationToken cancellationToken)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule("[bold]A price that moves by itself, where that is safe[/]").LeftJustified());
        await client.PutAsync("policies/pricing", Policy(), Owner, cancellationToken);
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{Owner}[/] (policy owner) lets prices of {Channel}, {Region} move within a tenth, with a margin of a fifth at least, on counts that are no older than four hours."
        );
        return await OneAsync(cancellationToken) && await ManyAsync(cancellationToken);
    }

    private async Task<bool> OneAsync(CancellationToken cancellationToken)
    {
        var (sku, price) = (Retailer.Sku(Item), retailer.PriceOf(Item));
        partners.Seed(new Sku(sku), new Money(price, Domain.Currency.Parse("GBP")), new RegionId(Region));
        await ForecastKnownAsync(sku, cancellationToken);
        await CountAsync(sku, 40, TimeSpan.FromHours(6), "old", cancellationToken);
        Say(await LookAsync(sku, static l => Rule(l) == "StockFreshness", cancellationToken), "40, six hours old", sku);
        await CountAsync(sku, 3, TimeSpan.Zero, "three", cancellationToken);
        Say(await LookAsync(sku, static l => Rule(l) == "Scarcity", cancellationToken), "3, just counted", sku);
        await CountAsync(sku, 400, TimeSpan.Zero, "many", cancellationToken);
        var published = await LookAsync(sku, static l => l.GetProperty("outcome").GetString() == "Publish", cancellationToken);
        Say(published, "400, found in the back", sku);
        if (!await ShowsAsync(sku, shown => shown < price, cancellationToken))
            return false;
        AnsiConsole.MarkupLineInterpolated(
            $"  The web shop shows {Shown(sku)} and has confirmed it. [bold]{Lead}[/] (pricing lead) takes it back:"
        );
        var decision = published.GetProperty("decision").GetString()!;
        await UntilAsync(sku, cancellationToken);
        await client.PostAsync(
            $"pricing/decisions/{decision}/revert",
            new { reason = "The competition is asleep anyway." },
            Lead,
            cancellationToken
        );
        if (!await ShowsAsync(sku, shown => shown == price, cancellationToken))
            return false;
        AnsiConsole.MarkupLineInterpolated($"  The web shop shows {Shown(sku)} again. Why each of it was decided, with figures and ages:");
        Console.WriteLine(
            $"    curl -H 'Authorization: Bearer {await client.KeyOfAsync(Lead)}' -o decision.html {app.BaseAddress}api/v1/pricing/decisions/{decision}.html"
        );
        return true;
    }

    // A forecast that has just come in force is known everywhere some seconds later; without it every price is held for that.
    private async Task ForecastKnownAsync(string sku, CancellationToken cancellationToken)
    {
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < Patience; await Task.Delay(250, cancellationToken))
        {
            var tried = await client.PostAsync($"pricing/items/{sku}/decide?dryRun=true", new { }, Lead, cancellationToken);
            var verdicts = tried
                .GetProperty("decisions")
                .EnumerateArray()
                .SelectMany(static d => d.GetProperty("verdicts").EnumerateArray());
            if (verdicts.Any(static v => v.GetProperty("rule").GetString() == "ForecastFreshness" && v.GetProperty("passed").GetBoolean()))
                return;
        }
    }

    // Each has far more than it sells: every count is a reason to move a price.
    private async Task<bool> ManyAsync(CancellationToken cancellationToken)
    {
        var posted = new Dictionary<Sku, DateTimeOffset>();
        foreach (var product in Enumerable.Range(Item + 1, Retailer.Products - Item - 1).Where(OfQuietCategory).Take(Many))
        {
            posted[new Sku(Retailer.Sku(product))] = time.GetUtcNow();
            await CountAsync(Retailer.Sku(product), 5_000, TimeSpan.Zero, "overstock", cancellationToken);
        }
        var started = time.GetTimestamp();
        List<double> took;
        do
        {
            await Task.Delay(100, cancellationToken);
            took =
            [
                .. partners
                    .Prices.All.Where(p => p.Price.Revision == 1 && posted.ContainsKey(p.Price.Sku))
                    .Select(p => (p.FirstAt - posted[p.Price.Sku]).TotalSeconds)
                    .Order(),
            ];
        } while (took.Count < Many && time.GetElapsedTime(started) < Patience);
        if (took.Count == 0)
            return Failed("no price of the many moved");
        AnsiConsole.MarkupLineInterpolated(
            $"{took.Count} of {Many} counts one after the other moved a price: from the count's posting to the price at the web shop {took[took.Count / 2]:0.0} s in the middle, {took[(int)(took.Count * 0.95)]:0.0} s for 95 of 100."
        );
        return true;
    }

    // Where no promotion was: of the others the forecast has learned how sales follow the price, and decides by that.
    private static bool OfQuietCategory(int product) => product % 6 >= 3;

    private static object Policy() =>
        new
        {
            version = 2,
            leash = "Publish",
            markets = new[]
            {
                new
                {
                    channel = Channel,
                    region = Region,
                    locations = new[] { Shelf },
                },
            },
            defaults = new
            {
                endings = new[] { 0.95m, 0.45m },
                marginFloor = 0.2m,
                maxStep = 0.1m,
                askAboveStep = 0.1m,
                minStep = 0.005m,
                overstockDays = 30,
                assumedElasticity = -3,
            },
            // The many of this scene are of a few categories: a retailer would leave these as they are.
            together = new
            {
                changesPerDay = 1_000,
                breakerShare = 1,
                breakerLeast = 1_000,
            },
        };

    private Task CountAsync(string sku, int units, TimeSpan ago, string name, CancellationToken cancellationToken) =>
        new BatchPosting(poster).PostAsync(
            [
                EventBatch.Event(
                    $"pricing-scene-{sku}-{name}",
                    "wms",
                    "stockgate.stock.counted.v1",
                    time.GetUtcNow() - ago,
                    new
                    {
                        sku,
                        location = Shelf,
                        quantity = units,
                    }
                ),
            ],
            cancellationToken
        );

    private async Task<JsonElement> LookAsync(string sku, Func<JsonElement, bool> isSo, CancellationToken cancellationToken) =>
        Look(
            await client.UntilAsync(
                $"pricing/items/{sku}",
                "decided as it should be",
                item => Look(item) is { ValueKind: JsonValueKind.Object } look && isSo(look),
                cancellationToken
            )
        );

    private Task UntilAsync(string sku, CancellationToken cancellationToken) =>
        client.UntilAsync(
            $"pricing/items/{sku}",
            "confirmed",
            static item =>
                item.GetProperty("prices")[0].GetProperty("price").GetProperty("publication").TryGetProperty("confirmedAt", out var at)
                && at.ValueKind != JsonValueKind.Null,
            cancellationToken
        );

    private static JsonElement Look(JsonElement item) =>
        item.GetProperty("prices")
            .EnumerateArray()
            .Select(static p => p.GetProperty("lastLook"))
            .FirstOrDefault(static l => l.ValueKind == JsonValueKind.Object);

    private static string? Rule(JsonElement look) => look.TryGetProperty("rule", out var rule) ? rule.GetString() : null;

    private static void Say(JsonElement look, string stock, string sku)
    {
        AnsiConsole.MarkupLineInterpolated($"  Stock of {sku} is {stock}: [bold]{look.GetProperty("outcome").GetString()}[/]");
        Console.WriteLine($"    {look.GetProperty("reason").GetString()}");
    }

    private Money? Shown(string sku) => partners.PriceOf(Channel, new Sku(sku), new RegionId(Region));

    private async Task<bool> ShowsAsync(string sku, Func<decimal, bool> isSo, CancellationToken cancellationToken)
    {
        for (var started = time.GetTimestamp(); Shown(sku) is not { } shown || !isSo(shown.Amount); await Task.Delay(50, cancellationToken))
            if (time.GetElapsedTime(started) > Patience)
                return Failed($"the web shop shows {Shown(sku)}");
        return true;
    }

    private static bool Failed(string what)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]It did not come to that: {what}.[/]");
        return false;
    }
}
