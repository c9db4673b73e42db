using System.Text;
using Spectre.Console;
using Stockgate.Demo.Local;
using Stockgate.Demo.Posting;
using Stockgate.Demo.Promotions;
using Stockgate.Demo.Retail;
using Stockgate.Local.Run;

namespace Stockgate.Demo.Forecasting;

/// <summary>
/// A night's forecast by day: eight more weeks of the past come in as tickets of the tills, some shelves are counted nearly empty, and
/// the planner reads what follows.
/// </summary>
internal sealed class ForecastScene(LocalApp app, ApiClient client, WebhookPoster poster, Retailer retailer, TimeProvider time)
{
    private const int DaysBefore = 56,
        Gap = 28,
        Items = 80,
        Lines = 20,
        Stores = Retailer.Stores,
        Shown = 3;
    private const string Currency = "GBP";

    /// <summary>Two weeks ahead, and trees that are grown in seconds.</summary>
    public static void AddTo(IDictionary<string, string> environment)
    {
        (environment["Forecasts__DailyAt"], environment["Forecasts__Horizon"]) = ("never", "14");
        (environment["Forecasts__Origins"], environment["Forecasts__Rounds"], environment["Forecasts__Rows"]) = ("1", "40", "60000");
        for (var store = 0; store < Stores; store++)
            environment[$"Forecasts__Regions__{Retailer.Locations[store]}"] = store < Stores / 2 ? "north" : "south";
    }

    /// <returns>True where the forecast is in force.</returns>
    public async Task<bool> PlayAsync(CancellationToken cancellationToken)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule("[bold]A forecast, and what follows from it[/]").LeftJustified());
        await new BatchPosting(poster).PostAsync(Past().Concat(Counts()), cancellationToken);
        while ((await app.BacklogAsync(cancellationToken)).Waiting > 0)
            await Task.Delay(100, cancellationToken);
        var run = (await client.PostAsync("forecasts/runs", new { }, ScenePolicy.Planner, cancellationToken))
            .GetProperty("id")
            .GetString()!;
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{ScenePolicy.Planner}[/] (planner) starts a run over {DaysBefore + Gap} days of sales: {run}"
        );
        var ended = await client.UntilAsync(
            $"forecasts/runs/{run}",
            "ended",
            static r => r.GetProperty("status").GetString() != "Running",
            cancellationToken
        );
        if (ended.GetProperty("status").GetString() is not "Succeeded")
        {
            AnsiConsole.MarkupLineInterpolated($"[red]It did not succeed:[/] {ended}");
            return false;
        }
        await ReadAsync(cancellationToken);
        return true;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var risks = Encoding
            .UTF8.GetString(await client.DownloadAsync("reports/latest/stockout-risk.csv", cancellationToken, ScenePolicy.Planner))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .ToList();
        AnsiConsole.MarkupLineInterpolated(
            $"{risks.Count} shelves may run out within two weeks{(risks.Count == 0 ? "." : ". The first:")}"
        );
        foreach (var line in risks.Take(Shown))
            Console.WriteLine($"    {Words(line)}");
        var feed = await client.GetAsync("campaigns/feed", cancellationToken);
        Console.WriteLine($"  Campaigns: {feed.GetProperty("words").GetString()}");
        Console.WriteLine($"  The report, with the bands and how good it was when it was tested (save it and open it in a browser):");
        Console.WriteLine(
            $"    curl -H 'Authorization: Bearer {await client.KeyOfAsync(ScenePolicy.Planner)}' -o forecast.html {app.BaseAddress}api/v1/reports/latest/index.html"
        );
    }

    // The last of eight columns; none before it has a comma in it.
    private static string Words(string line) => line.Split(',', 8)[^1].Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal);

    // A ticket a store and day; chance of its own, so that the weeks before are the same whenever it runs.
    private IEnumerable<byte[]> Past()
    {
        var (chance, midnight) = (
            new Random(11),
            new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date.AddDays(-Gap - DaysBefore), TimeSpan.Zero)
        );
        for (var day = 0; day < DaysBefore; day++)
        for (var store = 0; store < Stores; store++)
        {
            var (location, order) = (Retailer.Locations[store], $"past-{day}-{store}");
            var lines = Enumerable
                .Range(0, Lines)
                .Select(_ => chance.Next(Items))
                .Distinct()
                .Select(item => new
                {
                    sku = Retailer.Sku(item),
                    description = Retailer.Sku(item),
                    quantity = chance.Next(1, 3),
                    unitPrice = retailer.PriceOf(item),
                })
                .ToList();
            yield return EventBatch.Event(
                order,
                "pos/" + location,
                "stockgate.order.placed.v1",
                midnight.AddDays(day).AddHours(12),
                new
                {
                    orderId = order,
                    currency = Currency,
                    location,
                    fulfilment = "Immediate",
                    lines,
                }
            );
        }
    }

    private IEnumerable<byte[]> Counts()
    {
        for (var store = 0; store < 4; store++)
        {
            var (sku, location) = (Retailer.Sku(10 + store), Retailer.Locations[store]);
            yield return EventBatch.Event(
                $"forecast-scene-count-{store}",
                "wms",
                "stockgate.stock.counted.v1",
                time.GetUtcNow(),
                new
                {
                    sku,
                    location,
                    quantity = 1,
                }
            );
        }
    }
}
