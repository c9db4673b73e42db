using Microsoft.Playwright;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.Pages.Settlement;
using Stockgate.Platform.Promotions.Settlement;
using Stockgate.TestSupport.Promotions;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>A fact that needs a Chromium: <c>STOCKGATE_CHROMIUM</c>, or where Debian puts it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public static readonly string? Chromium = new[]
    {
        Environment.GetEnvironmentVariable("STOCKGATE_CHROMIUM"),
        "/usr/bin/chromium",
        "/usr/bin/chromium-headless-shell",
    }.FirstOrDefault(static path => File.Exists(path));

    public ChromiumTheoryAttribute()
    {
        if (Chromium is null)
            Skip = "no Chromium on this machine; install it or set STOCKGATE_CHROMIUM to its path";
    }
}

/// <summary>The settlement's page as a planner sees it.</summary>
public class SettlementPageTests
{
    [ChromiumTheory]
    [InlineData(1100, ColorScheme.Light)]
    [InlineData(1100, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task A_planner_reads_its_figures_and_no_text_leaves_its_box(int width, ColorScheme scheme)
    {
        var report = Settling.Settle(Settled.Week());
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = ChromiumTheoryAttribute.Chromium, Args = ["--no-sandbox"] }
        );
        var page = await browser.NewPageAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = 900 },
                ColorScheme = scheme,
            }
        );
        var faults = new List<string>();
        page.Console += (_, message) => faults.Add(message.Text);
        page.PageError += (_, error) => faults.Add(error);
        page.Request += (_, request) => faults.Add(request.Url);
        await page.SetContentAsync(SettlementPage.Of(report));
        Assert.Empty(faults);
        Assert.Equal("Summer mugs & <Friends>: 20 % off", await page.Locator("h1").TextContentAsync());
        Assert.Equal(
            report.Whole.Units.Value.ToString("#,##0", System.Globalization.CultureInfo.InvariantCulture),
            await page.Locator(".kpi b").First.TextContentAsync()
        );
        Assert.Equal(3 * 2, await page.Locator("svg[aria-labelledby='regions-t regions-d'] rect").CountAsync());
        Assert.Equal(3 * 3, await page.Locator("svg[aria-labelledby='funding-t funding-d'] rect").CountAsync());
        Assert.Equal(7, await page.Locator("svg[aria-labelledby='money-t money-d'] rect").CountAsync());
        Assert.Equal(7, (await page.Locator("svg[aria-labelledby='days-t days-d'] .mean").GetAttributeAsync("points"))!.Split(' ').Length);
        var sold = report.Regions.ToDictionary(static r => r.Region.Value, static r => r.Figures.Units.Value);
        var widths = await page.Locator("svg[aria-labelledby='regions-t regions-d'] rect.fa")
            .EvaluateAllAsync<double[]>("bars => bars.map(bar => bar.width.baseVal.value)");
        // The bars are as long as what they stand for, from the longest down.
        Assert.Equal(
            widths.Select(w => Math.Round(w / widths[0], 2)),
            sold.Values.OrderDescending().Select(v => Math.Round((double)(v / sold.Values.Max()), 2))
        );
        Assert.Empty(await page.EvaluateAsync<string[]>(ChartPage.Faults));
    }
}
