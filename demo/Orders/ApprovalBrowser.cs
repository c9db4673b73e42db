using Microsoft.Playwright;

namespace Stockgate.Demo.Orders;

/// <summary>What an approver saw.</summary>
/// <param name="Title">The heading of the page behind the link.</param>
/// <param name="Outcome">What it said after the decision.</param>
/// <param name="Asked">A picture of the page before it; a file.</param>
internal sealed record SeenPages(string Title, string Outcome, string Asked);

/// <summary>An approver's telephone: a Chromium without a window, 390 pixels wide.</summary>
internal static class ApprovalBrowser
{
    /// <summary><c>STOCKGATE_CHROMIUM</c>, or where Debian puts it; null where there is none.</summary>
    public static readonly string? Chromium = new[]
    {
        Environment.GetEnvironmentVariable("STOCKGATE_CHROMIUM"),
        "/usr/bin/chromium",
        "/usr/bin/chromium-headless-shell",
    }.FirstOrDefault(static path => File.Exists(path));

    /// <summary>Opens the link, takes a picture, and presses the button.</summary>
    public static async Task<SeenPages> ApproveAsync(string chromium, Uri link, string folder)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(
            new()
            {
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        await page.GotoAsync(link.AbsoluteUri);
        var picture = Path.Combine(folder, "approval.png");
        await page.ScreenshotAsync(new() { Path = picture, FullPage = true });
        var title = await page.Locator("h1").InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = false }).First.ClickAsync();
        var outcome = page.GetByText("Approved by", new() { Exact = false }).First;
        await outcome.WaitForAsync();
        return new SeenPages(title, await outcome.InnerTextAsync(), picture);
    }
}
