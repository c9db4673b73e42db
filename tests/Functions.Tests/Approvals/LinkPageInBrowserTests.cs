using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Stockgate.Domain.Approvals;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Approvals;

/// <summary>
/// The pages and the mail in a real browser, on a phone and on a desktop. Where <c>STOCKGATE_SCREENSHOTS</c> names a folder, what was
/// seen lies there afterwards.
/// </summary>
public sealed class LinkPageInBrowserTests(AzuriteFixture fixture) : LinksOnAzurite(fixture)
{
    // What leaves the page's width, targets under 24 px, text with a contrast under 4.5 (WCAG 2.2: 1.4.10, 2.5.8, 1.4.3), fields without
    // a name, ids that are there twice.
    private const string Faults = """
        () => {
          const found = [];
          if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push(`page is ${document.documentElement.scrollWidth} wide`);
          const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
          const rgb = s => s.match(/[\d.]+/g).map(Number);
          const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
          for (const e of document.querySelectorAll('body *')) {
            if (e.closest('style') || !e.getClientRects().length) continue;
            const box = e.getBoundingClientRect(), style = getComputedStyle(e);
            if (['A', 'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName) && e.type !== 'hidden' && (box.height < 24 || box.width < 24)) found.push(`small: ${e.outerHTML.slice(0, 60)} ${box.width}x${box.height}`);
            if ([...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) {
              const [a, b] = [light(rgb(style.color)), light(ground(e))].sort((x, y) => y - x);
              if ((a + 0.05) / (b + 0.05) < 4.5) found.push(`contrast ${((a + 0.05) / (b + 0.05)).toFixed(2)}: ${e.textContent.slice(0, 40)}`);
              if (box.right > document.documentElement.clientWidth + 1 && !e.classList.contains('sr')) found.push(`outside: ${e.textContent.slice(0, 40)}`);
            }
          }
          for (const e of document.querySelectorAll('textarea,select,input:not([type=hidden])')) if (!e.labels.length) found.push(`no label: ${e.outerHTML.slice(0, 60)}`);
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`twice: ${id}`);
          for (const e of document.querySelectorAll('[aria-describedby],[aria-labelledby]')) for (const id of `${e.getAttribute('aria-describedby') ?? ''} ${e.getAttribute('aria-labelledby') ?? ''}`.split(' ').filter(i => i)) if (!ids.includes(id)) found.push(`nothing is called ${id}`);
          return found;
        }
        """;

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("STOCKGATE_SCREENSHOTS");

    [ChromiumFact]
    public async Task A_scanner_with_a_browser_that_clicks_nothing_decides_nothing()
    {
        var record = await OpenAsync(Case());
        var url = await LinkAsync(record);
        var before = await EverythingStoredAsync();
        await BrowseAsync(
            390,
            ColorScheme.Light,
            async page =>
            {
                await page.GotoAsync(url.AbsoluteUri, new() { WaitUntil = WaitUntilState.NetworkIdle });
                await page.EvaluateAsync("() => { window.scrollTo(0, 99999); document.querySelectorAll('a').forEach(a => a.click()); }");
                await page.Mouse.MoveAsync(100, 300);
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                await page.CloseAsync();
            }
        );
        Assert.Equal(before, await EverythingStoredAsync());
    }

    [ChromiumFact]
    public async Task Every_page_can_be_read_and_used_at_every_width()
    {
        foreach (
            var (width, scheme) in new[]
            {
                (320, ColorScheme.Light),
                (390, ColorScheme.Light),
                (390, ColorScheme.Dark),
                (1280, ColorScheme.Light),
                (1280, ColorScheme.Dark),
            }
        )
            await BrowseAsync(
                width,
                scheme,
                async page =>
                {
                    // Mails are in the order of their times.
                    Time.Advance(TimeSpan.FromSeconds(1));
                    var asked = Case() with
                    {
                        CodeNeeded = true,
                        Stages = [new("finance", TimeSpan.FromHours(4)), new("director", TimeSpan.FromHours(4))],
                    };
                    var record = await OpenAsync(asked);
                    var url = (await LinkAsync(record)).AbsoluteUri;
                    await LooksAsync(page, url, "asks");
                    await page.ClickAsync("button[value=reject]");
                    await page.Locator("[role=alert]:focus").WaitForAsync();
                    await LookAsync(page, "reason-missing");
                    await page.FillAsync("#reason", "Keep this.");
                    await page.ClickAsync("button[value=code]");
                    await page.Locator("#code:focus").WaitForAsync();
                    Assert.Equal("Keep this.", await page.InputValueAsync("#reason"));
                    await LookAsync(page, "code-sent");
                    await page.FillAsync("#code", Regex.Match(Mails[^1].Text, "[0-9]{6}").Value);
                    // Enter in a field presses no button.
                    await page.PressAsync("#code", "Enter");
                    await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                    Assert.Empty((await StoredAsync(record)).Decisions);
                    Thing.Now = static now =>
                        now with
                        {
                            Revision = "r2",
                            Figures = [new("Order value", "240.00 EUR"), new("Can still be refunded", "130.00 EUR")],
                        };
                    await page.ClickAsync("button[value=approve]");
                    await LookAsync(page, "changed");
                    await page.FillAsync("#code", Regex.Match(Mails[^1].Text, "[0-9]{6}").Value);
                    await page.ClickAsync("button[value=approve]");
                    await page.WaitForSelectorAsync("h1:has-text('You approved it')");
                    await LookAsync(page, "approved-by-me");
                    Thing.Now = static now => now;

                    var handed = await OpenAsync(
                        Case() with
                        {
                            Title = "A very long title of a decision about " + new string('W', 60) + " with figures",
                            Figures = [new(new string('f', 80), new string('9', 120))],
                        }
                    );
                    await LooksAsync(page, (await LinkAsync(handed)).AbsoluteUri, "long-words");
                    await page.SelectOptionAsync("#to", "Tom Łoś");
                    await page.ClickAsync("button[value=delegate]");
                    await page.WaitForSelectorAsync("h1:has-text('You delegated it to Tom Łoś')");
                    await LookAsync(page, "handed-over");

                    var late = await OpenAsync(Case());
                    var lateUrl = await LinkAsync(late);
                    await Store.ChangeAsync(
                        late.Case.Id,
                        r =>
                            r.Close(
                                CaseState.Expired,
                                "Nobody answered by 2026-03-01 12:00 UTC. Nothing is refunded; Sam can ask again.",
                                Time.GetUtcNow()
                            ),
                        default
                    );
                    await LooksAsync(page, lateUrl.AbsoluteUri, "too-late", 410);
                    await LooksAsync(page, new Uri(Root, "/api/v1/approvals/wrong").AbsoluteUri, "wrong", 404);

                    var rejected = await OpenAsync(Case());
                    var rejectedUrl = await LinkAsync(rejected);
                    await Store.ChangeAsync(
                        rejected.Case.Id,
                        r =>
                            r.Decide(
                                new(1, CaseAnswer.Reject, "The parcel arrived on Friday.\nSee the carrier's proof.", null, "r1", "link"),
                                Get<Platform.Operations.People>().Roster,
                                Time.GetUtcNow()
                            ).Record,
                        default
                    );
                    await LooksAsync(page, rejectedUrl.AbsoluteUri, "decided");

                    var mailed = await OpenAsync(Case() with { CodeNeeded = true });
                    await Letters.SendAsync(mailed, new(1, LetterKind.First), default);
                    // A page of its own: the one before has a policy that mails don't know.
                    var reader = await page.Context.Browser!.NewPageAsync(
                        new()
                        {
                            ViewportSize = new() { Width = width, Height = 844 },
                            ColorScheme = scheme,
                        }
                    );
                    await reader.SetContentAsync(Mails.Last(static m => m.Text.Contains("Look at it", StringComparison.Ordinal)).Html);
                    await LookAsync(reader, "mail");
                }
            );
    }

    [ChromiumFact]
    public async Task A_keyboard_and_a_screen_reader_get_through()
    {
        var record = await OpenAsync(Case());
        var url = await LinkAsync(record);
        await BrowseAsync(
            1280,
            ColorScheme.Light,
            async page =>
            {
                await page.GotoAsync(url.AbsoluteUri);
                Assert.Equal("Refund 120.00 EUR of order 1001 – Stockgate", await page.TitleAsync());
                Assert.Equal("en", await page.GetAttributeAsync("html", "lang"));
                Assert.Equal(1, await page.GetByRole(AriaRole.Main).CountAsync());
                Assert.Equal(
                    ["Refund 120.00 EUR of order 1001", "Why", "Figures", "Recommendation", "If nobody answers", "So far"],
                    await page.GetByRole(AriaRole.Heading).AllTextContentsAsync()
                );
                foreach (
                    var (role, name) in new[]
                    {
                        (AriaRole.Group, "Your decision"),
                        (AriaRole.Table, "Figures"),
                        (AriaRole.Textbox, "Reason"),
                        (AriaRole.Combobox, "Or let a colleague decide"),
                        (AriaRole.Button, "Approve"),
                        (AriaRole.Button, "Reject"),
                        (AriaRole.Button, "Hand it over"),
                    }
                )
                    Assert.Equal(1, await page.GetByRole(role, new() { Name = name, Exact = true }).CountAsync());
                Assert.Equal(4, await page.GetByRole(AriaRole.Rowheader).CountAsync());
                var order = new List<string>();
                for (var i = 0; i < 6; i++)
                {
                    await page.Keyboard.PressAsync("Tab");
                    order.Add(
                        await page.EvaluateAsync<string>(
                            "() => document.activeElement.id || document.activeElement.value || document.activeElement.textContent"
                        )
                    );
                    Assert.Equal("3px", await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineWidth"));
                }
                Assert.Equal(["Go to your decision", "reason", "approve", "reject", "to", "delegate"], order);
                await page.FocusAsync("#reason");
                await page.Keyboard.TypeAsync("By keyboard.");
                await page.Keyboard.PressAsync("Tab");
                await page.Keyboard.PressAsync("Enter");
                await page.WaitForSelectorAsync("h1:has-text('It is approved')");
            }
        );
        Assert.Equal("By keyboard.", Assert.Single((await StoredAsync(record)).Decisions).Reason);
    }

    private static async Task LooksAsync(IPage page, string url, string name, int status = 200)
    {
        Assert.Equal(status, (await page.GotoAsync(url))!.Status);
        await LookAsync(page, name);
    }

    private static async Task LookAsync(IPage page, string name)
    {
        var scheme = await page.EvaluateAsync<string>("() => matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'");
        if (Pictures is not null)
            await page.ScreenshotAsync(
                new() { Path = Path.Combine(Pictures, $"{name}-{page.ViewportSize!.Width}-{scheme}.png"), FullPage = true }
            );
        var faults = await page.EvaluateAsync<string[]>(Faults);
        Assert.True(faults.Length == 0, $"{name} at {page.ViewportSize!.Width}, {scheme}: {string.Join("; ", faults)}");
    }

    // What the page would fetch from elsewhere, or complains about, is a fault.
    private static async Task BrowseAsync(int width, ColorScheme scheme, Func<IPage, Task> use)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = ChromiumFactAttribute.Chromium, Args = ["--no-sandbox"] }
        );
        var page = await browser.NewPageAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = width < 1000 ? 844 : 900 },
                ColorScheme = scheme,
            }
        );
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (!message.Text.Contains("the server responded with a status of 4", StringComparison.Ordinal))
                faults.Add(message.Text);
        };
        page.PageError += (_, error) => faults.Add(error);
        page.Request += (_, request) =>
        {
            if (
                !request.Url.Contains("/api/v1/approvals/", StringComparison.Ordinal)
                && !request.Url.EndsWith("/favicon.ico", StringComparison.Ordinal)
            )
                faults.Add(request.Url);
        };
        await use(page);
        Assert.Empty(faults);
    }
}
