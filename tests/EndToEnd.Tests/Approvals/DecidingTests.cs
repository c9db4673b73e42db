using System.Net;
using System.Text.Json;
using Stockgate.Domain.Events;

namespace Stockgate.EndToEnd.Tests.Approvals;

/// <summary>Who decides what, once, with the orchestration and the order management system behind the page.</summary>
public sealed class DecidingTests(ApprovalWorld world) : IClassFixture<ApprovalWorld>
{
    [Fact]
    public async Task Of_two_who_press_at_the_same_moment_one_decides_and_the_other_is_told_who()
    {
        var cases = new List<(Asked Asked, Page Other)>();
        for (var i = 0; i < 20; i++)
        {
            var asked = await world.AskedAsync();
            cases.Add((asked, await world.Browser.OpenAsync((await world.MailToAsync("liam", asked.Order)).Link!)));
        }
        var pressed = await Task.WhenAll(
            cases.Select((c, i) => BothAsync(c.Asked.Page, i % 3 == 2 ? "reject" : "approve", c.Other, i % 3 == 0 ? "approve" : "reject"))
        );

        foreach (var ((asked, other), (lena, liam)) in cases.Zip(pressed))
        {
            Assert.Equal([303, 409], new[] { lena.Status, liam.Status }.Order());
            var decision = Assert.Single(await world.DecisionsAsync(asked.Order, asked.Action));
            var (winner, approved) = (decision.GetProperty("by").GetString()!, decision.GetProperty("answer").GetString() == "Approve");
            Assert.Equal(lena.Status == 303 ? "lena" : "liam", winner);
            Assert.Contains(
                approved ? $"Approved by {winner}" : $"Rejected by {winner}: no photo",
                (winner == "lena" ? liam : lena).Text,
                StringComparison.Ordinal
            );
            await world.UntilAsync(asked.Order, asked.Action, approved ? "Done" : "Rejected");
            Assert.Equal(approved ? 50m : 0m, world.Partners.Orders.RefundedOf(new Domain.OrderId(asked.Order)));
            Assert.Equal(approved ? 1 : 0, world.Done(asked.Order).Sum(static a => a.Effects));
        }
    }

    [Fact]
    public async Task The_same_form_sent_again_and_again_decides_once()
    {
        var asked = await world.AskedAsync();
        Assert.Equal(303, await world.PostedAsync(asked.Page));
        Assert.Equal(409, await world.PostedAsync(asked.Page));
        Assert.Equal(409, await world.PostedAsync(asked.Page, "reject"));
        var atOnce = await world.AskedAsync();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => world.PostedAsync(atOnce.Page)));
        Assert.Equal([303, .. Enumerable.Repeat(409, 11)], statuses.Order());
        foreach (var one in new[] { asked, atOnce })
        {
            await world.DoneOnceAsync(one.Order, one.Action, 50);
            Assert.Single(await world.DecisionsAsync(one.Order, one.Action));
        }
    }

    [Fact]
    public async Task A_form_of_another_page_and_a_cookie_of_another_browser_decide_nothing()
    {
        var (one, two) = (await world.AskedAsync(), await world.AskedAsync());
        var colleague = await world.Browser.OpenAsync((await world.MailToAsync("liam", one.Order)).Link!);
        foreach (
            var swapped in new[]
            {
                one.Page with
                {
                    Link = two.Page.Link,
                    Cookie = two.Page.Cookie,
                },
                one.Page with
                {
                    Cookie = colleague.Cookie,
                },
                one.Page with
                {
                    Html = colleague.Html,
                },
                one.Page with
                {
                    Cookie = null,
                },
            }
        )
            Assert.Equal(403, await world.PostedAsync(swapped));
        await world.NothingDecidedAsync(one);
        await world.NothingDecidedAsync(two);
    }

    [Fact]
    public async Task Who_is_handed_a_case_decides_it_and_the_first_link_is_dead()
    {
        var asked = await world.AskedAsync();
        Assert.Contains(
            "You delegated it to lou",
            (await world.Browser.PressAsync(asked.Page, "delegate", to: "lou")).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(409, await world.PostedAsync(asked.Page));
        Assert.Empty(world.Done(asked.Order));
        var theirs = await world.Browser.OpenAsync((await world.MailToAsync("lou", asked.Order)).Link!);
        Assert.Contains("Approved by lou", (await world.Browser.PressAsync(theirs, "approve")).Text, StringComparison.Ordinal);
        await world.DoneOnceAsync(asked.Order, asked.Action, 50);
        Assert.Equal(
            [("lena", "Delegate"), ("lou", "Approve")],
            (await world.DecisionsAsync(asked.Order, asked.Action)).Select(static d =>
                (d.GetProperty("by").GetString()!, d.GetProperty("answer").GetString()!)
            )
        );
    }

    [Fact]
    public async Task What_changed_since_the_mail_is_shown_and_decided_on_as_it_is()
    {
        var asked = await world.AskedAsync();
        await world.RefundedElsewhereAsync(asked.Order, 3);
        Assert.Contains(
            "Can still be refunded is 70.00 GBP, was 100.00 GBP",
            (await world.Browser.OpenAsync(asked.Mail.Link!)).Text,
            StringComparison.Ordinal
        );
        var refused = await world.Browser.PressAsync(asked.Page, "approve");
        Assert.Equal(409, refused.Status);
        Assert.Contains("The case changed since you opened it", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Refunded so far is 30.00 GBP, was 0.00 GBP", refused.Text, StringComparison.Ordinal);
        await world.NothingDecidedAsync(asked);
        Assert.Contains("Approved by lena", (await world.Browser.PressAsync(refused, "approve")).Text, StringComparison.Ordinal);
        await world.UntilAsync(asked.Order, asked.Action, "Done");
        Assert.Equal(80m, (await world.Running.ReadAsync($"orders/{asked.Order}")).GetProperty("refunded").GetDecimal());
        Assert.Equal(50m, world.Partners.Orders.RefundedOf(new Domain.OrderId(asked.Order)));
    }

    [Fact]
    public async Task What_can_t_be_done_any_more_is_asked_no_longer()
    {
        var asked = await world.AskedAsync(90);
        await world.RefundedElsewhereAsync(asked.Order, 3);
        // Nobody opens the link, and nobody's time is waited for.
        await world.UntilAsync(asked.Order, asked.Action, "Refused");
        Assert.Contains("No decision is needed any more", (await world.Browser.OpenAsync(asked.Mail.Link!)).Text, StringComparison.Ordinal);
        Assert.Equal(409, await world.PostedAsync(asked.Page));
        Assert.Empty(world.Done(asked.Order));
    }

    [Fact]
    public async Task An_order_that_changes_between_two_approvers_is_asked_of_the_first_again()
    {
        var asked = await world.AskedAsync(300, units: 80);
        Assert.Equal(303, await world.PostedAsync(asked.Page));
        var second = await world.Browser.OpenAsync((await world.MailToAsync("fred", asked.Order)).Link!);
        await world.RefundedElsewhereAsync(asked.Order, 5);
        Assert.Equal(410, await world.PostedAsync(second));
        var again = await world.Browser.OpenAsync((await world.MailToAsync("lena", asked.Order, number: 2)).Link!);
        Assert.Contains("750.00 GBP", again.Text, StringComparison.Ordinal);
        Assert.Empty(world.Done(asked.Order));
        Assert.Equal(303, await world.PostedAsync(again));
        Assert.Equal(
            303,
            await world.PostedAsync(await world.Browser.OpenAsync((await world.MailToAsync("fred", asked.Order, number: 2)).Link!))
        );
        await world.UntilAsync(asked.Order, asked.Action, "Done");
        Assert.Equal(
            (300m, 1),
            (world.Partners.Orders.RefundedOf(new Domain.OrderId(asked.Order)), Assert.Single(world.Done(asked.Order)).Effects)
        );
        Assert.Equal(
            [("lena", true), ("lena", false), ("fred", false)],
            (await world.DecisionsAsync(asked.Order, asked.Action)).Select(static d =>
                (d.GetProperty("by").GetString()!, d.GetProperty("void").GetBoolean())
            )
        );
    }

    [Fact]
    public async Task A_mail_that_came_back_asks_the_next_one_and_an_operator_sees_it()
    {
        var asked = await world.AskedAsync();
        var report = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                id = "e-1",
                source = "/subscriptions/x",
                type = "Microsoft.Communication.EmailDeliveryReportReceived",
                specversion = "1.0",
                time = "2026-03-01T08:00:00Z",
                subject = "sender/stockgate@retailer.example",
                data = new
                {
                    sender = "stockgate@retailer.example",
                    recipient = "lena@retailer.example",
                    internetMessageId = ApprovalWorld.MessageIdOf(asked.Mail),
                    status = "Bounced",
                    deliveryStatusDetails = new { statusMessage = "550 no such user" },
                },
            }
        );
        using (var keyless = await world.Running.CallAsync(HttpMethod.Post, "mail/reports", by: null, report))
            Assert.Equal(HttpStatusCode.Unauthorized, keyless.StatusCode);
        using (
            var taken = await world.Running.CallAsync(HttpMethod.Post, $"mail/reports?code={world.Running.App.HostKey}", by: null, report)
        )
            Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        var next = await world.Browser.OpenAsync((await world.MailToAsync("lou", asked.Order)).Link!);
        Assert.Equal("mail-came-back", Assert.Single(await world.ExceptionsAsync(asked.Order)).GetProperty("type").GetString());
        Assert.Contains("Approved by lou", (await world.Browser.PressAsync(next, "approve")).Text, StringComparison.Ordinal);
        await world.UntilAsync(asked.Order, asked.Action, "Done");
    }

    [Fact]
    public async Task Five_wrong_codes_end_the_link_and_decide_nothing()
    {
        var asked = await world.AskedAsync(550, units: 60);
        var page = await world.Browser.PressAsync(asked.Page, "code");
        var code = (await world.MailToAsync("lena", asked.Order, number: 2)).Code!;
        var wrong = Enumerable.Range(0, 6).Select(static i => $"{i}{i}{i}{i}{i}{i}").Where(c => c != code).Take(5).ToList();
        var statuses = new List<int>();
        foreach (var guess in wrong)
            statuses.Add((await world.Browser.PostAsync(page, "approve", code: guess)).Page.Status);
        Assert.Equal([422, 422, 422, 422, 410], statuses);
        Assert.Equal(410, (await world.Browser.PostAsync(page, "approve", code: code)).Page.Status);
        Assert.Equal(410, (await world.Browser.OpenAsync(asked.Mail.Link!)).Status);
        await world.NothingDecidedAsync(asked);
    }

    [Fact]
    public async Task Links_that_are_none_all_look_alike_and_are_slowed_down_for_whoever_tries_them()
    {
        var asked = await world.AskedAsync();
        var good = asked.Mail.Link!.AbsoluteUri;
        var flipped = good[^9] == 'A' ? 'B' : 'A';
        var forged = new[]
        {
            good[..^1],
            good[..^20],
            good + "x",
            $"{good[..^9]}{flipped}{good[^8..]}",
            good.ToLowerInvariant() == good
                ? good.ToUpperInvariant()
                : good[..good.LastIndexOf('/')] + good[good.LastIndexOf('/')..].ToLowerInvariant(),
            good[..(good.LastIndexOf('/') + 1)] + new string('A', 43),
            good[..(good.LastIndexOf('/') + 1)] + "%27%3B--",
        };
        using var guesser = new LinkBrowser("198.51.100.7");
        var pages = new List<Page>();
        foreach (var link in forged)
            pages.Add(await guesser.OpenAsync(new Uri(link)));
        Assert.All(pages, p => Assert.Equal((404, pages[0].Html), (p.Status, p.Html)));
        Page last;
        var misses = pages.Count;
        while ((last = await guesser.OpenAsync(new Uri(forged[0]))).Status == 404)
            Assert.InRange(++misses, 0, 30);
        Assert.Equal(429, last.Status);
        Assert.InRange(int.Parse(last.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 120);
        Assert.Equal(429, (await guesser.OpenAsync(asked.Mail.Link!)).Status);
        using var person = new LinkBrowser("198.51.100.8");
        Assert.Equal(200, (await person.OpenAsync(asked.Mail.Link!)).Status);
        await world.NothingDecidedAsync(asked);
    }

    private async Task<(Page Lena, Page Liam)> BothAsync(Page lena, string hers, Page liam, string his)
    {
        var both = await Task.WhenAll(PressAsync(lena, hers), PressAsync(liam, his));
        return (both[0], both[1]);

        async Task<Page> PressAsync(Page page, string answer) =>
            (await world.Browser.PostAsync(page, answer, answer == "reject" ? "no photo" : null)).Page;
    }
}
