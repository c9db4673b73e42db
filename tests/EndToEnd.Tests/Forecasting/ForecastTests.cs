using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.Playwright;
using Stockgate.EndToEnd.Tests.Promotions;
using Stockgate.Functions.Tests.Approvals;

namespace Stockgate.EndToEnd.Tests.Forecasting;

/// <summary>From events that a till posts to the page that a planner reads, over HTTP.</summary>
public sealed class ForecastTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Today = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    private readonly RunningApp running = new()
    {
        Configure = static settings =>
        {
            (settings.Environment["People__Petra__Roles"], settings.Environment["People__Mia__Roles"]) = ("planner", "merchandiser");
            (
                settings.Environment["Forecasts__Horizon"],
                settings.Environment["Forecasts__Origins"],
                settings.Environment["Forecasts__Rounds"]
            ) = ("7", "1", "20");
            (settings.Environment["Forecasts__Regions__main"], settings.Environment["Forecasts__Suppliers__acme__LeadTime"]) = (
                "north",
                "2"
            );
        },
    };

    public Task InitializeAsync() => running.InitializeAsync();

    public async Task DisposeAsync() => await running.DisposeAsync();

    private Task<HttpResponseMessage> GetAsync(string path, string? by = "Petra", string? etag = null) =>
        SendAsync(HttpMethod.Get, path, by, etag: etag);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? by, string? body = null, string? etag = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(running.App.BaseAddress, $"api/v1/{path}"));
        if (by is not null)
            request.Headers.Add("X-Api-Key", await running.KeyOfAsync(by));
        if (etag is not null)
            request.Headers.Add("If-None-Match", etag);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "text/csv");
        return await http.SendAsync(request);
    }

    private async Task<JsonElement> RunAsync()
    {
        using var started = await SendAsync(HttpMethod.Post, "forecasts/runs", "Petra");
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var status = started.Headers.Location!.ToString()["/api/v1/".Length..];
        var run = default(JsonElement);
        await RunningApp.UntilAsync(
            async () => (run = await running.ReadAsync(status)).GetProperty("status").GetString() != "Running",
            "the run has ended"
        );
        return run;
    }

    [Fact]
    public async Task From_sales_at_a_till_to_the_planners_page()
    {
        // Nothing is known yet: no fault, and no report.
        Assert.Equal("NothingToForecast", (await RunAsync()).GetProperty("status").GetString());
        using (var none = await GetAsync("reports/latest/index.html"))
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        await running.Partner.AcceptedAsync(
            Enumerable
                .Range(1, 12)
                .SelectMany(day =>
                    new[] { ("F-1", 3m), ("F-2", day == 12 ? 10m : 1m) }.Select(sold =>
                        Events.Placed(
                            $"F-{day}-{sold.Item1}",
                            sold.Item1,
                            sold.Item2,
                            Today.AddDays(-day).AddHours(12),
                            fulfilment: "Immediate"
                        )
                    )
                )
        );
        // More than is on hand is sold on the 12th day before today: it was counted that morning.
        await running.Partner.AcceptedAsync(Events.Counted("F-1", 40, Today.AddDays(-13)), Events.Product("F-1"));
        await running.ProjectedAsync();
        using (
            var calendar = await SendAsync(
                HttpMethod.Put,
                "forecasts/calendar",
                "Petra",
                $"date,events,tags,closed_locations\n{Today.AddDays(2):yyyy-MM-dd},Founders day,,\n"
            )
        )
            Assert.Equal(HttpStatusCode.OK, calendar.StatusCode);
        using (var wrong = await SendAsync(HttpMethod.Put, "forecasts/calendar", "Petra", "date,events\n"))
            Assert.Contains("lacks the columns tags, closed_locations", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var merchandiser = await SendAsync(HttpMethod.Put, "forecasts/calendar", "Mia", "date,events,tags,closed_locations\n"))
            Assert.Equal(HttpStatusCode.Forbidden, merchandiser.StatusCode);

        var run = await RunAsync();
        Assert.True(run.GetProperty("status").GetString() == "Succeeded", run.ToString());
        Assert.Equal((1.0, "Petra"), (run.GetProperty("share").GetDouble(), run.GetProperty("by").GetString()));
        Assert.Equal(
            ["Succeeded", "NothingToForecast"],
            (await running.ReadAsync("forecasts/runs")).EnumerateArray().Select(static r => r.GetProperty("status").GetString()!)
        );
        if (Environment.GetEnvironmentVariable("STOCKGATE_HISTORY") is { } history)
            await File.WriteAllTextAsync(history, await running.HistoryAsync("forecast"));

        using var csv = await GetAsync("reports/latest/forecast.csv");
        var lines = (await csv.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal("sku,location,day,mean,p10,p50,p90,segment,method", lines[0]);
        Assert.Equal(1 + 2 * 7, lines.Length);
        Assert.StartsWith($"F-1,main,{Today:yyyy-MM-dd},", lines[1], StringComparison.Ordinal);
        Assert.InRange(MeanIn(lines[1]), 2, 4);
        Assert.InRange(MeanIn(lines[14]), 0.5, 4);
        using (var card = await GetAsync("reports/latest/model-card.md"))
            Assert.Contains("too few for a backtest", await card.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using (var wrongRole = await GetAsync("reports/latest/index.html", "Mia"))
            Assert.Equal(HttpStatusCode.Forbidden, wrongRole.StatusCode);
        using (var nobody = await GetAsync("reports/latest/index.html", by: null))
            Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        foreach (
            var path in new[]
            {
                "latest/run.json",
                "latest/..%2Flatest.json",
                $"{Today:yyyy/MM/dd}/latest.json",
                "2020/01/01/index.html",
                "2026/13/01/index.html",
            }
        )
            using (var missing = await GetAsync($"reports/{path}"))
                Assert.Equal((path, HttpStatusCode.NotFound), (path, missing.StatusCode));
        using var page = await GetAsync($"reports/{Today:yyyy/MM/dd}/index.html");
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using (var same = await GetAsync("reports/latest/index.html", etag: page.Headers.ETag!.ToString()))
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using var standing = await GetAsync("reports/latest");
        Assert.Equal(
            run.GetProperty("id").GetString(),
            (await standing.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("inForce").GetProperty("run").GetString()
        );
        foreach (
            var file in new[]
            {
                "recommendations.csv",
                "stockout-risk.csv",
                "elasticities.csv",
                "campaigns.json",
                "metrics.json",
                "model-card.md",
            }
        )
            using (var there = await GetAsync($"reports/latest/{file}"))
                Assert.Equal(HttpStatusCode.OK, there.StatusCode);
        if (ChromiumFactAttribute.Chromium is not null)
            foreach (var width in new[] { 1280, 390 })
                await ForecastPageTests.LookAsync(
                    await page.Content.ReadAsStringAsync(),
                    "from-events",
                    width,
                    ColorScheme.Light,
                    async shown => Assert.Equal(2, await shown.Locator("article svg[role=img]").CountAsync())
                );
    }

    [Fact]
    public async Task What_follows_is_published_with_it_and_a_file_at_fault_leaves_it_in_force()
    {
        using (var nothing = await GetAsync("campaigns/feed", by: RunningApp.Reader))
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        await running.Partner.AcceptedAsync(
            Enumerable
                .Range(1, 84)
                .SelectMany(static day =>
                    new[] { ("G-1", 6m + day % 3), ("G-2", 4m) }.Select(sold =>
                        Events.Placed(
                            $"G-{day}-{sold.Item1}",
                            sold.Item1,
                            sold.Item2,
                            Today.AddDays(-day).AddHours(12),
                            fulfilment: "Immediate"
                        )
                    )
                )
        );
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (sku, left) in new[] { ("G-1", 10m), ("G-2", 900m) })
            await running.Partner.AcceptedAsync(
                Events.Of(
                    "product.updated",
                    new
                    {
                        sku,
                        title = sku,
                        category = "games",
                        supplier = "acme",
                        unitCost = 1m,
                        currency = "GBP",
                    },
                    now
                ),
                Events.Of(
                    "price.changed",
                    new
                    {
                        sku,
                        price = 2.5m,
                        currency = "GBP",
                    },
                    now
                ),
                Events.Counted(sku, left, now),
                // Ten of the twelve that were promised came.
                Events.Of(
                    "supplier.confirmed",
                    new
                    {
                        sku,
                        supplier = "acme",
                        purchaseOrder = "PO-1",
                        location = "main",
                        quantity = 12,
                        dueAt = now.AddDays(-2),
                    },
                    now.AddDays(-9)
                ),
                Events.Of(
                    "stock.moved",
                    new
                    {
                        sku,
                        location = "main",
                        quantity = 10,
                        kind = "Receipt",
                        reason = "delivery",
                        document = "PO-1",
                    },
                    now.AddDays(-3)
                )
            );
        await running.ProjectedAsync();
        var run = await RunAsync();
        Assert.True(run.GetProperty("status").GetString() == "Succeeded", run.ToString());

        using (var metrics = await GetAsync("reports/latest/metrics.json"))
            Assert.Contains(
                (await metrics.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("backtest").EnumerateArray(),
                static s => s.GetProperty("method").GetString() == "champion" && s.GetProperty("wape").GetDouble() is > 0 and < 0.5
            );
        using (var risk = await GetAsync("reports/latest/stockout-risk.csv"))
        {
            var lines = (await risk.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(("sku,location,at_risk,likely_out,cover_days,chance,lost,words", 2), (lines[0], lines.Length));
            Assert.StartsWith("G-1,main,", lines[1], StringComparison.Ordinal);
        }
        using (var advice = await GetAsync("reports/latest/recommendations.csv"))
            Assert.Contains(
                (await advice.Content.ReadAsStringAsync()).Split('\n'),
                static line =>
                    line.StartsWith("order,G-1,main,", StringComparison.Ordinal) && line.Contains(",acme,", StringComparison.Ordinal)
            );
        using (var feed = await GetAsync("campaigns/feed", by: RunningApp.Reader))
        {
            var said = await feed.Content.ReadFromJsonAsync<JsonElement>();
            // No promotion of the past tells what a campaign would do: nothing is taken for safe.
            Assert.Empty(said.GetProperty("safe").EnumerateArray());
            Assert.Equal(
                [("G-1", "north", "Unknown"), ("G-2", "north", "Unknown")],
                said.GetProperty("notSafe")
                    .EnumerateArray()
                    .Select(static i =>
                        (i.GetProperty("sku").GetString()!, i.GetProperty("region").GetString()!, i.GetProperty("safety").GetString()!)
                    )
                    .Order()
            );
            Assert.All(
                said.GetProperty("notSafe").EnumerateArray(),
                static i => Assert.Contains("uplift is not known", i.GetProperty("reasons").ToString(), StringComparison.Ordinal)
            );
            Assert.InRange(said.GetProperty("ageSeconds").GetDouble(), 0, 300);
            using var same = await GetAsync("campaigns/feed", by: RunningApp.Reader, etag: feed.Headers.ETag!.ToString());
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        }

        await new BlobContainerClient(running.Azurite.ConnectionString, "forecast-history")
            .GetBlobClient("calendar.csv")
            .UploadAsync(BinaryData.FromString("no calendar"), overwrite: true);
        var failed = await RunAsync();
        Assert.Equal("Failed", failed.GetProperty("status").GetString());
        using var standing = await GetAsync("reports/latest");
        var stands = await standing.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(run.GetProperty("id").GetString(), stands.GetProperty("inForce").GetProperty("run").GetString());
        Assert.Contains("calendar.csv", stands.GetProperty("words").GetString(), StringComparison.Ordinal);
        using (var still = await GetAsync("reports/latest/forecast.csv"))
            Assert.Equal(1 + 2 * 7, (await still.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static double MeanIn(string line) => double.Parse(line.Split(',')[3], System.Globalization.CultureInfo.InvariantCulture);
}
