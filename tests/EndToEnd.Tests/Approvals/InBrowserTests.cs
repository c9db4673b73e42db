using System.Net;
using Microsoft.Playwright;
using Stockgate.Functions.Tests.Approvals;

namespace Stockgate.EndToEnd.Tests.Approvals;

/// <summary>
/// What scanners of mails do with a link, and what a person does on a phone. Where <c>STOCKGATE_SCREENSHOTS</c> names a folder, what was
/// seen lies there afterwards.
/// </summary>
public sealed class InBrowserTests(ApprovalWorld world) : IClassFixture<ApprovalWorld>
{
    [ChromiumFact]
    public async Task Scanners_of_every_kind_decide_nothing()
    {
        var asked = await world.AskedAsync();
        var (link, before) = (asked.Mail.Link!, await EverythingAsync(asked));
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            Assert.All(
                await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => world.Browser.StatusAsync(method, link))),
                static status => Assert.Equal(HttpStatusCode.OK, status)
            );
        await BrowseAsync(
            1280,
            async page =>
            {
                await page.GotoAsync(link.AbsoluteUri, new() { WaitUntil = WaitUntilState.NetworkIdle });
                await page.EvaluateAsync(
                    "() => { window.scrollTo(0, 99999); document.querySelectorAll('a').forEach(a => a.click()); document.querySelectorAll('body *').forEach(e => e.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))); }"
                );
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            }
        );
        Assert.Equal(before, await EverythingAsync(asked));
        await world.NothingDecidedAsync(asked);
        // The same page still decides when a person presses.
        Assert.Equal(303, await world.PostedAsync(asked.Page));
        await world.DoneOnceAsync(asked.Order, asked.Action, 50);
    }

    [ChromiumFact]
    public async Task On_a_phone_by_keyboard_alone_it_is_read_and_approved_and_paid()
    {
        var asked = await world.AskedAsync();
        await BrowseAsync(
            390,
            async page =>
            {
                await page.GotoAsync(asked.Mail.Link!.AbsoluteUri);
                await LookAsync(page, "asked");
                Assert.Contains(asked.Order, await page.InnerTextAsync("h1"), StringComparison.Ordinal);
                Assert.True(
                    await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
                );
                var stops = 0;
                do
                {
                    await page.Keyboard.PressAsync("Tab");
                    Assert.InRange(++stops, 1, 10);
                } while (await page.EvaluateAsync<string?>("() => document.activeElement.value ?? null") != "approve");
                await page.Keyboard.PressAsync("Enter");
                await page.WaitForSelectorAsync("h1:has-text('It is approved')");
                await LookAsync(page, "approved");
            }
        );
        await world.DoneOnceAsync(asked.Order, asked.Action, 50);
    }

    // What is stored of the case, of the action and of the decisions about the order.
    private async Task<string> EverythingAsync(Asked asked) =>
        string.Join(
            '\n',
            await world.CaseAsync(asked.Order, asked.Action),
            await world.ActionAsync(asked.Order, asked.Action),
            string.Join(" | ", await world.ChainAsync(asked.Order))
        );

    private static async Task LookAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("STOCKGATE_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"e2e-{name}.png"), FullPage = true });
    }

    private static async Task BrowseAsync(int width, Func<IPage, Task> use)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = ChromiumFactAttribute.Chromium, Args = ["--no-sandbox"] }
        );
        await use(
            await browser.NewPageAsync(
                new()
                {
                    ViewportSize = new() { Width = width, Height = 844 },
                }
            )
        );
    }
}
