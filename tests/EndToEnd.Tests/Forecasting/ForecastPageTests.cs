using Microsoft.Playwright;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.EndToEnd.Tests.Promotions;
using Stockgate.Pages.Forecasting;
using Stockgate.TestSupport.Forecasting;

namespace Stockgate.EndToEnd.Tests.Forecasting;

/// <summary>The forecast's page as a planner sees it.</summary>
public class ForecastPageTests
{
    // Where set, pictures of every page that is looked at are put there.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("STOCKGATE_PICTURES");

    [ChromiumTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_planner_sees_what_needs_a_look_and_no_text_leaves_its_box(int width, ColorScheme scheme)
    {
        var model = Reported.Model();
        var text = new StringWriter { NewLine = "\n" };
        ForecastPage.Write(text, model);
        await LookAsync(
            ForecastPage.WithNotice(
                text.ToString(),
                "The forecast of 2026-11-21 is in force because the run of 2026-11-22 failed: a file is damaged."
            ),
            "planner",
            width,
            scheme,
            async page =>
            {
                Assert.Equal("Demand forecast of 21 Nov 2026", await page.Locator("h1").TextContentAsync());
                Assert.Equal(ForecastPage.MostCharts, await page.Locator("article svg[role=img]").CountAsync());
                Assert.Equal(12, await page.Locator("ol.risks li").CountAsync());
                Assert.Equal(28, (await page.Locator("article svg[role=img] .mean").First.GetAttributeAsync("points"))!.Split(' ').Length);
                Assert.Equal(56, (await page.Locator("article svg[role=img] .band").First.GetAttributeAsync("points"))!.Split(' ').Length);
                Assert.Equal(1, await page.Locator("tr.best th:text-is('all')").CountAsync());
            }
        );
    }

    internal static async Task LookAsync(string html, string name, int width, ColorScheme scheme, Func<IPage, Task> use)
    {
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
        await page.SetContentAsync(html);
        if (Pictures is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"forecast-{name}-{width}-{scheme}.png"), FullPage = true });
        await use(page);
        Assert.Empty(faults);
        Assert.Empty(await page.EvaluateAsync<string[]>(ChartPage.Faults));
    }
}
