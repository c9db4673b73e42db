using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Stockgate.Demo.Local;
using Stockgate.Demo.Partners;
using Stockgate.Demo.Posting;
using Stockgate.Demo.Retail;
using Stockgate.Domain;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Local.Run;
using static Stockgate.Demo.Promotions.PromotionsClient;

namespace Stockgate.Demo.Promotions;

/// <summary>
/// One promotion from its posting to its settlement, every part played over HTTP: held for its stock, mended, approved, launched in six
/// channels at once, watched, ended and billed.
/// </summary>
internal sealed class PromotionScene(
    LocalApp app,
    ApiClient client,
    AppSettings settings,
    PartnerServer partners,
    WebhookPoster poster,
    TimeProvider time
)
{
    private const string Supplier = "brightside",
        Currency = "GBP";
    private const int Days = 14,
        Discount = 25;

    private static readonly string Sku = Retailer.Sku(0);
    private static readonly string[] South = [.. Retailer.Locations.Skip(4).Take(4)],
        North = [.. Retailer.Locations.Take(4)];

    private int events;
    private decimal uplift;

    /// <returns>True where every channel showed the offer, and shows the price before it again.</returns>
    public async Task<bool> PlayAsync(CancellationToken cancellationToken)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule("[bold]A promotion, from its posting to its settlement[/]").LeftJustified());
        var price = (await client.GetAsync($"products/{Sku}", cancellationToken))
            .GetProperty("prices")[0]
            .GetProperty("value")
            .GetProperty("price")
            .GetDecimal();
        partners.Seed(new Sku(Sku), new Money(price, Domain.Currency.Parse(Currency)));
        var id = await HeldAsync(price, cancellationToken);
        await MendedAsync(id, cancellationToken);
        await ApprovedAsync(id, cancellationToken);
        var launched = await LaunchedAsync(id, price, cancellationToken);
        await WatchedAsync(id, price, cancellationToken);
        var settled = await SettledAsync(id, price, cancellationToken);
        return launched && settled;
    }

    private async Task<string> HeldAsync(decimal price, CancellationToken cancellationToken)
    {
        var posted = await client.PostAsync(
            "promotions",
            await RequestAsync(time.GetUtcNow().AddDays(1), cancellationToken),
            ScenePolicy.Merchandiser,
            cancellationToken
        );
        var id = posted.GetProperty("id").GetString()!;
        Say(
            ScenePolicy.Merchandiser,
            "merchandiser",
            $"posts {Discount} % off {Sku} ({price} {Currency}) for {Days} days in two regions, funded by {Supplier}: {id}"
        );
        var held = await client.PromotionAsync(
            id,
            "held by its gates with the channels getting ready",
            static p => GateOf(p, GateNames.Stock) is not null && IsGreen(p, GateNames.Stores) && IsGreen(p, GateNames.Channels),
            cancellationToken
        );
        AnsiConsole.MarkupLine("[bold]  It is not live. GET …/explain says why:[/]");
        foreach (var gate in new[] { GateNames.Stock, GateNames.Freshness, GateNames.Funding, GateNames.Approval })
            Show(held, gate);
        return id;
    }

    private async Task MendedAsync(string id, CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken);
        var fresh = await client.PromotionAsync(
            id,
            "judged on fresh stock",
            static p => IsGreen(p, GateNames.Freshness),
            cancellationToken
        );
        Say("The stores", "and the warehouse", $"count {Sku}: the figures are fresh now.");
        foreach (var lacking in fresh.GetProperty("shortfalls").EnumerateArray().ToList())
        {
            var (region, units) = (lacking.GetProperty("region").GetString()!, lacking.GetProperty("toOrder").GetDecimal());
            var order = await client.PostAsync(
                $"promotions/{id}/replenishment",
                new { sku = Sku, region },
                ScenePolicy.Planner,
                cancellationToken
            );
            var number = order.GetProperty("purchaseOrder").GetString();
            Say(
                ScenePolicy.Planner,
                "planner",
                $"approves the recommended order of {Number(units)} units for {region}: purchase order {number}"
            );
            await PostAsync(
                "supplier.confirmed",
                new
                {
                    sku = Sku,
                    supplier = Supplier,
                    purchaseOrder = number,
                    location = (region == "south" ? South : North)[0],
                    quantity = units,
                    dueAt = time.GetUtcNow().AddDays(2),
                },
                cancellationToken
            );
        }
        await PostAsync(
            "promotion.funding-confirmed",
            new
            {
                promotion = id,
                supplier = Supplier,
                reference = "BR-2026-11",
            },
            cancellationToken
        );
        Say(Supplier, "supplier", "confirms the delivery and the funding.");
        await client.PromotionAsync(id, "waiting for approval alone", static p => StateOf(p) == "AwaitingApproval", cancellationToken);
    }

    /// <summary>Has it start in a moment, and once more, later, where this machine was too slow for that moment.</summary>
    private async Task ApprovedAsync(string id, CancellationToken cancellationToken)
    {
        for (var lead = TimeSpan.FromSeconds(15); ; lead *= 3)
        {
            var answer = await client.PutAsync(
                $"promotions/{id}",
                await RequestAsync(time.GetUtcNow() + lead, cancellationToken),
                ScenePolicy.Merchandiser,
                cancellationToken,
                "everything is ready"
            );
            var terms = answer.GetProperty("terms").GetInt32();
            Say(ScenePolicy.Merchandiser, "merchandiser", $"lets it start in {lead.TotalSeconds:0} seconds instead of tomorrow.");
            await client.PromotionAsync(
                id,
                "judged on its new start",
                p => TermsOf(p) == terms && (StateOf(p) == "AwaitingApproval" || IsLate(p)),
                cancellationToken
            );
            await client.PostAsync(
                $"promotions/{id}/decisions",
                new
                {
                    role = "finance",
                    terms,
                    approved = true,
                },
                ScenePolicy.Finance,
                cancellationToken
            );
            var judged = await client.PromotionAsync(
                id,
                "approved",
                static p => StateOf(p) is "Scheduled" or "Preparing" or "Live" || IsLate(p),
                cancellationToken
            );
            if (IsLate(judged))
                continue;
            Say(ScenePolicy.Finance, "finance", "approves. All 14 gates are green.");
            return;
        }
    }

    private static int TermsOf(JsonElement promotion) => promotion.GetProperty("promotion").GetProperty("terms").GetInt32();

    private static bool IsLate(JsonElement promotion) => GateOf(promotion, GateNames.Window)?.GetProperty("state").GetString() == "Red";

    private async Task<bool> LaunchedAsync(string id, decimal price, CancellationToken cancellationToken)
    {
        await client.PromotionAsync(id, "being prepared", static p => StateOf(p) is "Preparing" or "Live", cancellationToken);
        Say("Stockgate", "launch", "prepares: every channel gets the exact price and confirms it. No customer sees it yet.");
        await client.PromotionAsync(id, "live", static p => StateOf(p) == "Live", cancellationToken);
        var offer = decimal.Round(price * (100 - Discount) / 100, 2, MidpointRounding.AwayFromZero);
        Say("Stockgate", "launch", "activates, all channels at once:");
        return ShowPrices(offer);
    }

    private async Task WatchedAsync(string id, decimal price, CancellationToken cancellationToken)
    {
        var offer = partners.PriceOf("pos", new Sku(Sku))!.Value.Amount;
        for (var ticket = 0; ticket < 6; ticket++)
            await PostAsync(
                "order.placed",
                new
                {
                    orderId = $"{id}-{ticket}",
                    currency = Currency,
                    location = South[ticket % 4],
                    fulfilment = "Immediate",
                    lines = new[]
                    {
                        new
                        {
                            sku = Sku,
                            description = Sku,
                            quantity = 1 + ticket % 3,
                            unitPrice = offer,
                        },
                    },
                },
                cancellationToken
            );
        partners.Books("marketplace").Seed(new Sku(Sku), null, new Money(price, Domain.Currency.Parse(Currency)));
        await PostAsync(
            "price.observed",
            new
            {
                sku = Sku,
                salesChannel = "marketplace",
                price,
                currency = Currency,
            },
            cancellationToken
        );
        Say("Customers", "", $"buy. On the marketplace somebody sees {price} {Currency} instead of {offer}.");
        var seen = await client.PromotionAsync(
            id,
            "watched",
            static p => p.GetProperty("anomalies").EnumerateArray().Any(static a => a.TryGetProperty("doneAt", out _)),
            cancellationToken
        );
        var anomaly = seen.GetProperty("anomalies").EnumerateArray().First(static a => a.TryGetProperty("doneAt", out _));
        Say(
            "Stockgate",
            "monitor",
            $"{anomaly.GetProperty("anomaly").GetProperty("reason").GetString()} By policy the price is sent again: the marketplace shows {partners.PriceOf("marketplace", new Sku(Sku))}."
        );
        await PostAsync(
            "price.observed",
            new
            {
                sku = Sku,
                salesChannel = "marketplace",
                price = offer,
                currency = Currency,
            },
            cancellationToken
        );
    }

    private async Task<bool> SettledAsync(string id, decimal price, CancellationToken cancellationToken)
    {
        await client.PostAsync(
            $"promotions/{id}/commands",
            new { kind = "End", reason = "the demo is over" },
            ScenePolicy.Merchandiser,
            cancellationToken
        );
        await client.PromotionAsync(id, "settled", static p => StateOf(p) == "Settled", cancellationToken);
        Say(ScenePolicy.Merchandiser, "merchandiser", "ends it. Every channel shows the price before:");
        var restored = ShowPrices(price);
        foreach (
            var sentence in (await client.GetAsync($"promotions/{id}/settlement?format=json", cancellationToken))
                .GetProperty("summary")
                .EnumerateArray()
        )
            AnsiConsole.MarkupLineInterpolated($"  [grey]{sentence.GetString()}[/]");
        var page = Path.Combine(settings.StateFolder, "settlement.html");
        await File.WriteAllBytesAsync(
            page,
            await client.DownloadAsync($"promotions/{id}/settlement", cancellationToken),
            cancellationToken
        );
        Console.WriteLine($"  The planner's report with its charts: {page}");
        Console.WriteLine(
            $"  Everything that was decided, by whom and on what grounds: {app.BaseAddress}api/v1/decisions/promotion%20{id}"
        );
        return restored;
    }

    private async Task<object> RequestAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var stock = (await client.GetAsync($"inventory/{Sku}", cancellationToken))
            .GetProperty("locations")
            .EnumerateArray()
            .Where(static l => South.Contains(l.GetProperty("location").GetString()))
            .Sum(static l => l.GetProperty("availableToPromise").GetDecimal());
        var today = time.GetUtcNow().UtcDateTime.Date;
        var sales = await client.GetAsync(
            $"inventory/{Sku}/sales?from={today.AddDays(-28):yyyy-MM-dd}&to={today.AddDays(-1):yyyy-MM-dd}",
            cancellationToken
        );
        var daily =
            sales
                .EnumerateArray()
                .Where(static l => South.Contains(l.GetProperty("location").GetString()))
                .SelectMany(static l => l.GetProperty("days").EnumerateArray())
                .Sum(static d => d.GetProperty("sold").GetDecimal()) / 28;
        // A campaign large enough that the south runs out: half as much again as it has.
        if (uplift == 0)
            uplift = Math.Clamp(decimal.Round(1.5m * stock / Math.Max(0.1m, daily * Days), 1), 1.5m, 90);
        var start = at.UtcDateTime;
        return new
        {
            name = "Advent deal",
            items = new[] { Sku },
            discount = new { kind = "percentOff", percent = Discount },
            channels = new[] { "pos", "ecommerce", "marketplace" },
            regions = new object[]
            {
                new
                {
                    region = "north",
                    stores = North,
                    warehouses = new[] { "warehouse" },
                },
                new { region = "south", stores = South },
            },
            window = new
            {
                start = Local(start),
                end = Local(start.AddDays(Days)),
                timeZone = "Etc/UTC",
            },
            expectedUplift = uplift,
            currency = Currency,
            funding = new[]
            {
                new
                {
                    supplier = Supplier,
                    reference = "BR-2026-11",
                    perUnit = new { amount = 0.35m, currency = Currency },
                },
            },
        };
    }

    // What the books say, counted now.
    private async Task CountAsync(CancellationToken cancellationToken)
    {
        foreach (var place in (await client.GetAsync($"inventory/{Sku}", cancellationToken)).GetProperty("locations").EnumerateArray())
            await PostAsync(
                "stock.counted",
                new
                {
                    sku = Sku,
                    location = place.GetProperty("location").GetString(),
                    quantity = place.GetProperty("onHand").GetDecimal(),
                },
                cancellationToken
            );
    }

    private Task PostAsync(string type, object data, CancellationToken cancellationToken)
    {
        byte[] body =
        [
            (byte)'[',
            .. EventBatch.Event($"scene-{events++}", "scene", $"stockgate.{type}.v1", time.GetUtcNow(), data),
            (byte)']',
        ];
        return poster.PostAsync(body, cancellationToken);
    }

    private bool ShowPrices(decimal expected)
    {
        var (all, cells) = (true, new List<string>());
        foreach (var channel in new[] { "erp", "pos", "ecommerce", "oms", "wms", "marketplace" })
        {
            var shown = partners.PriceOf(channel, new Sku(Sku))?.Amount;
            all &= shown == expected;
            cells.Add($"{channel} [{(shown == expected ? "green" : "red")}]{shown?.ToString(CultureInfo.InvariantCulture)}[/]");
        }
        AnsiConsole.MarkupLine($"    {string.Join("  ", cells)}");
        return all;
    }

    private static void Show(JsonElement promotion, string gate)
    {
        if (GateOf(promotion, gate) is not { } verdict)
            return;
        var state = verdict.GetProperty("state").GetString()!;
        AnsiConsole.MarkupLineInterpolated(
            $"    [{(state == "Red" ? "red" : state == "Amber" ? "yellow" : "green")}]{state, -5}[/] {gate}: {verdict.GetProperty("reason").GetString()}"
        );
        if (verdict.TryGetProperty("turnsGreen", out var mend) && mend.ValueKind == JsonValueKind.String)
            AnsiConsole.MarkupLineInterpolated($"          [grey]{mend.GetString()}[/]");
    }

    private static void Say(string who, string role, string what) =>
        AnsiConsole.MarkupLineInterpolated($"[bold]{who}[/]{(role.Length > 0 ? $" ({role})" : "")} {what}");

    private static string Local(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string Number(decimal number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
