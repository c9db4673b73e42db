using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Stockgate.EndToEnd.Tests.Promotions;
using Stockgate.Functions.Tests.Approvals;

namespace Stockgate.EndToEnd.Tests.Forecasting;

/// <summary>From events that a till posts to the page that a planner reads, over HTTP.</summary>
public sealed class ForecastTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Today = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    private readonly RunningApp running = new() { Configure = static settings => (settings.Environment["People__Petra__Roles"], settings.Environment["People__Mia__Roles"], settings.Environment["Forecasts__Horizon"]) = ("planner", "merchandiser", "7") };

    public Task InitializeAsync() => running.InitializeAsync();

    public async Task DisposeAsync() => await running.DisposeAsync();

    private Task<HttpResponseMessage> GetAsync(string path, string? by = "Petra", string? etag = null) => SendAsync(HttpMethod.Get, path, by, etag: etag);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? by, string? body = null, string? etag = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(running.App.BaseAddress, $"api/v1/{path}"));
        request.Headers.Add("x-functions-key", running.App.HostKey);
        if (by is not null) request.Headers.Add("X-Decided-By", by);
        if (etag is not null) request.Headers.Add("If-None-Match", etag);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "text/csv");
        return await http.SendAsync(request);
    }

    private async Task<JsonElement> RunAsync()
    {
        using var started = await SendAsync(HttpMethod.Post, "forecasts/runs", "Petra");
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var status = started.Headers.Location!.ToString()["/api/v1/".Length..];
        var run = default(JsonElement);
        await RunningApp.UntilAsync(async () => (run = await running.ReadAsync(status)).GetProperty("status").GetString() != "Running", "the run has ended");
        return run;
    }

    [Fact]
    public async Task From_sales_at_a_till_to_the_planners_page()
    {
        // Nothing is known yet: no fault, and no report.
        Assert.Equal("NothingToForecast", (await RunAsync()).GetProperty("status").GetString());
        using (var none = await GetAsync("reports/latest/index.html")) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        await running.Partner.AcceptedAsync(Enumerable.Range(1, 12).SelectMany(day => new[] { ("F-1", 3m), ("F-2", day == 12 ? 10m : 1m) }
            .Select(sold => Events.Placed($"F-{day}-{sold.Item1}", sold.Item1, sold.Item2, Today.AddDays(-day).AddHours(12), fulfilment: "Immediate"))));
        // More than is on hand is sold on the 12th day before today: it was counted that morning.
        await running.Partner.AcceptedAsync(Events.Counted("F-1", 40, Today.AddDays(-13)), Events.Product("F-1"));
        await running.ProjectedAsync();
        using (var calendar = await SendAsync(HttpMethod.Put, "forecasts/calendar", "Petra", $"date,events,tags,closed_locations\n{Today.AddDays(2):yyyy-MM-dd},Founders day,,\n"))
            Assert.Equal(HttpStatusCode.OK, calendar.StatusCode);
        using (var wrong = await SendAsync(HttpMethod.Put, "forecasts/calendar", "Petra", "date,events\n"))
            Assert.Contains("lacks the columns tags, closed_locations", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var merchandiser = await SendAsync(HttpMethod.Put, "forecasts/calendar", "Mia", "date,events,tags,closed_locations\n")) Assert.Equal(HttpStatusCode.Forbidden, merchandiser.StatusCode);

        var run = await RunAsync();
        Assert.True(run.GetProperty("status").GetString() == "Succeeded", run.ToString());
        Assert.Equal((1.0, "Petra"), (run.GetProperty("share").GetDouble(), run.GetProperty("by").GetString()));
        Assert.Equal(["Succeeded", "NothingToForecast"], (await running.ReadAsync("forecasts/runs")).EnumerateArray().Select(static r => r.GetProperty("status").GetString()!));
        if (Environment.GetEnvironmentVariable("STOCKGATE_HISTORY") is { } history) await File.WriteAllTextAsync(history, await HistoryAsync());

        using var csv = await GetAsync("reports/latest/forecast.csv");
        var lines = (await csv.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal("sku,location,day,mean,p10,p50,p90,segment,method", lines[0]);
        Assert.Equal(1 + 2 * 7, lines.Length);
        Assert.Equal($"F-1,main,{Today:yyyy-MM-dd},3,3,3,3,steady,mean of 28 days", lines[1]);
        Assert.Equal($"F-2,main,{Today.AddDays(6):yyyy-MM-dd},1.75,1,1,1,steady,mean of 28 days", lines[14]);

        using (var wrongRole = await GetAsync("reports/latest/index.html", "Mia")) Assert.Equal(HttpStatusCode.Forbidden, wrongRole.StatusCode);
        using (var nobody = await GetAsync("reports/latest/index.html", by: null)) Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        foreach (var path in new[] { "latest/run.json", "latest/..%2Flatest.json", $"{Today:yyyy/MM/dd}/latest.json", "2020/01/01/index.html", "2026/13/01/index.html" })
            using (var missing = await GetAsync($"reports/{path}")) Assert.Equal((path, HttpStatusCode.NotFound), (path, missing.StatusCode));
        using var page = await GetAsync($"reports/{Today:yyyy/MM/dd}/index.html");
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using (var same = await GetAsync("reports/latest/index.html", etag: page.Headers.ETag!.ToString())) Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using var standing = await GetAsync("reports/latest");
        Assert.Equal(run.GetProperty("id").GetString(), (await standing.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("inForce").GetProperty("run").GetString());
        foreach (var file in new[] { "recommendations.csv", "metrics.json", "model-card.md" })
            using (var there = await GetAsync($"reports/latest/{file}")) Assert.Equal(HttpStatusCode.OK, there.StatusCode);
        if (ChromiumFactAttribute.Chromium is not null)
            foreach (var width in new[] { 1280, 390 })
                await ForecastPageTests.LookAsync(await page.Content.ReadAsStringAsync(), "from-events", width, ColorScheme.Light, async shown => Assert.Equal(2, await shown.Locator("article svg[role=img]").CountAsync()));
    }

    private async Task<string> HistoryAsync()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(running.App.BaseAddress, "runtime/webhooks/durabletask/instances/forecast/history"));
        request.Headers.Add("x-functions-key", running.App.MasterKey);
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
