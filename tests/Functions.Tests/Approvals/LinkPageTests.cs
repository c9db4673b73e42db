using System.Net;
using Stockgate.Domain.Approvals;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Mail;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Approvals;

/// <summary>
/// The page behind a link, over HTTP: what looking does (nothing), what its form does (once), and what it says when it is too late.
/// </summary>
public class LinkPageTests(AzuriteFixture fixture) : LinksOnAzurite(fixture)
{
    [Fact]
    public async Task A_scanner_that_looks_a_hundred_times_decides_nothing()
    {
        var record = await OpenAsync(Case() with { CodeNeeded = true });
        var url = await LinkAsync(record);
        var before = (await EverythingStoredAsync(), Mails.Count);
        using var scanner = Visitor();
        for (var i = 0; i < 100; i++)
        {
            var (got, head) = (await scanner.GetAsync(url), await scanner.SendAsync(HttpMethod.Head, url));
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (got.Status, head.Status));
            Assert.Equal("Refund 120.00 EUR of order 1001", got.Heading);
            Assert.Empty(head.Html);
        }
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch, HttpMethod.Options })
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await scanner.SendAsync(method, url)).Status);
        // What tries to be smart follows the form with what it finds.
        foreach (var query in new[] { "?answer=approve", "?answer=reject&reason=x" })
            Assert.Equal(HttpStatusCode.OK, (await scanner.GetAsync(new Uri(url + query))).Status);
        Assert.Equal(before, (await EverythingStoredAsync(), Mails.Count));
    }

    [Fact]
    public async Task A_page_is_kept_to_the_one_who_opened_it()
    {
        var url = await LinkAsync(await OpenAsync(Case()));
        using var visitor = Visitor();
        foreach (
            var page in new[]
            {
                await visitor.GetAsync(url),
                await visitor.GetAsync(new Uri(url + "x")),
                await visitor.PressAsync(url, "reject"),
                await visitor.PressAsync(url, "approve"),
            }
        )
        {
            var headers = page
                .Response.Headers.Concat(page.Response.Content.Headers)
                .ToDictionary(static h => h.Key, static h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
            Assert.Equal(
                ("no-store", "no-referrer", "nosniff", "DENY"),
                (headers["Cache-Control"], headers["Referrer-Policy"], headers["X-Content-Type-Options"], headers["X-Frame-Options"])
            );
            Assert.Matches(
                "^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$",
                headers["Content-Security-Policy"]
            );
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(
                " on",
                System.Text.RegularExpressions.Regex.Replace(page.Html, ">[^<]*<", "><"),
                StringComparison.OrdinalIgnoreCase
            );
            Assert.DoesNotContain("src=", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("http", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(url.Segments[^1], page.Html, StringComparison.Ordinal);
            if (headers.TryGetValue("Set-Cookie", out var cookie))
                Assert.Matches(
                    "^approval-[0-9a-f]{8}=[A-Za-z0-9_-]{22}; max-age=3600; path=/api/v1/approvals; samesite=strict; httponly$",
                    cookie
                );
        }
    }

    [Fact]
    public async Task A_person_approves_once_and_a_replay_shows_who_decided()
    {
        var record = await OpenAsync(Case(), "Mia", "Tom Łoś");
        var (url, other) = (await LinkAsync(record), await LinkAsync(record, 2));
        using var mia = Visitor();
        using var tom = Visitor("192.0.2.2");
        var (form, slower) = (
            Approvals.Visitor.Fields(await mia.GetAsync(url), "approve", "Fine <by> me & you"),
            Approvals.Visitor.Fields(await tom.GetAsync(other), "reject", "No!")
        );
        var done = await mia.PostAsync(url, form);
        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        Assert.Equal(url, new Uri(url, done.Response.Headers.Location!));
        foreach (var replay in new[] { await mia.PostAsync(url, form), await tom.PostAsync(other, slower) })
        {
            Assert.Equal((HttpStatusCode.Conflict, "It is approved"), (replay.Status, replay.Heading));
            Assert.Contains("Approved by Mia.", replay.Html, StringComparison.Ordinal);
            Assert.Contains("“Fine &lt;by&gt; me &amp; you”", replay.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<form", replay.Html, StringComparison.Ordinal);
        }
        Assert.Equal((HttpStatusCode.OK, "It is approved"), ((await mia.GetAsync(url)).Status, (await mia.GetAsync(url)).Heading));
        var stored = await StoredAsync(record);
        Assert.Equal(
            ("Mia", CaseAnswer.Approve, "r1", "link"),
            (Assert.Single(stored.Decisions).By, stored.Decisions[0].Answer, stored.Decisions[0].Revision, stored.Decisions[0].Channel)
        );
    }

    [Fact]
    public async Task Of_twenty_presses_at_once_one_decides()
    {
        var record = await OpenAsync(Case());
        var url = await LinkAsync(record);
        using var mia = Visitor();
        var page = await mia.GetAsync(url);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => mia.PostAsync(url, Approvals.Visitor.Fields(page, i % 2 == 0 ? "approve" : "reject", $"press {i}")))
        );
        Assert.Single(answers, static a => a.Status == HttpStatusCode.SeeOther);
        Assert.Equal(19, answers.Count(static a => a.Status == HttpStatusCode.Conflict));
        Assert.Single((await StoredAsync(record)).Decisions);
    }

    [Fact]
    public async Task A_no_needs_a_reason_and_what_was_written_is_kept()
    {
        var record = await OpenAsync(Case());
        var url = await LinkAsync(record);
        using var mia = Visitor();
        var refused = await mia.PressAsync(url, "reject", "  ", "Tom Łoś");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("<a href=\"#reason\">A rejection needs a reason", refused.Html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"Tom Łoś\" selected>", refused.Html, StringComparison.Ordinal);
        var tooLong = await mia.PressAsync(url, "reject", new string('x', 1001));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLong.Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await mia.PressAsync(url, "reject", "Not lost:\r\nit arrived.")).Status);
        Assert.Equal("Not lost:\nit arrived.", Assert.Single((await StoredAsync(record)).Decisions).Reason);
        Assert.Equal("It is rejected", (await mia.GetAsync(url)).Heading);
    }

    [Fact]
    public async Task Handing_over_goes_to_whom_may_decide_and_ends_the_own_link()
    {
        var record = await OpenAsync(Case());
        var url = await LinkAsync(record);
        using var mia = Visitor();
        foreach (var nobody in new[] { "", "Ann", "Sam", "Mia", "Eve" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mia.PressAsync(url, "delegate", to: nobody)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await mia.PressAsync(url, "delegate", to: "Tom Łoś")).Status);
        Assert.Equal("You delegated it to Tom Łoś", (await mia.GetAsync(url)).Heading);
        var tom = (await StoredAsync(record)).Invitations.Single(static i => i is { Approver: "Tom Łoś", Stands: true });
        Assert.IsType<MailOutcome.Sent>(await Letters.SendAsync(await StoredAsync(record), new(tom.Number, LetterKind.First), default));
        Assert.Contains("Mia handed this to you.", Assert.Single(Mails).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_elsewhere_decides_nothing()
    {
        var record = await OpenAsync(Case());
        var (url, another) = (await LinkAsync(record), await LinkAsync(await OpenAsync(Case("c-2"))));
        using var mia = Visitor();
        using var thief = Visitor();
        var mine = Approvals.Visitor.Fields(await mia.GetAsync(url), "approve");
        var elsewhere = Approvals.Visitor.Fields(await thief.GetAsync(another), "approve");
        // Another browser with the form; no form; another case's form; a form for another revision; a form of another site.
        Assert.Equal(HttpStatusCode.Forbidden, (await thief.PostAsync(url, mine)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await mia.PostAsync(url, [KeyValuePair.Create("answer", "approve"), KeyValuePair.Create("revision", mine["revision"])])).Status
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await mia.PostAsync(url, elsewhere)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await mia.PostAsync(url, new Dictionary<string, string>(mine) { ["revision"] = elsewhere["revision"][..^1] + "x" })).Status
        );
        foreach (var site in new[] { "cross-site", "same-site" })
            Assert.Equal(
                HttpStatusCode.Forbidden,
                (await mia.SendAsync(HttpMethod.Post, url, new FormUrlEncodedContent(mine), ("Sec-Fetch-Site", site))).Status
            );
        Assert.Equal(HttpStatusCode.Forbidden, (await mia.PostAsync(url, mine.Append(KeyValuePair.Create("seal", mine["seal"])))).Status);
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType,
            (await mia.SendAsync(HttpMethod.Post, url, new StringContent("{\"answer\":\"approve\"}", null, "application/json"))).Status
        );
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType,
            (await mia.PostAsync(url, new Dictionary<string, string>(mine) { ["reason"] = new string('x', 20_000) })).Status
        );
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await mia.PostAsync(url, new Dictionary<string, string>(mine) { ["answer"] = "maybe" })).Status
        );
        Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Forbidden, (await mia.PostAsync(url, mine)).Status);
        Assert.Empty((await StoredAsync(record)).Decisions);
        Assert.Equal(HttpStatusCode.SeeOther, (await mia.PressAsync(url, "approve")).Status);
    }

    [Fact]
    public async Task What_changed_since_the_mail_is_shown_and_asked_again()
    {
        var record = await OpenAsync(Case());
        var url = await LinkAsync(record);
        using var mia = Visitor();
        var form = Approvals.Visitor.Fields(await mia.GetAsync(url), "approve");
        Thing.Now = static asked =>
            asked with
            {
                Revision = "r2",
                Figures = [new("Order value", "240.00 EUR"), new("Can still be refunded", "90.00 EUR"), new("Shipped", "yes")],
            };
        var late = await mia.PostAsync(url, form);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("This changed since you were mailed", late.Html, StringComparison.Ordinal);
        var page = await mia.GetAsync(url);
        foreach (
            var change in new[]
            {
                "Can still be refunded is 90.00 EUR, was 240.00 EUR",
                "new figure Shipped: yes",
                "removed figure Risk, was 35 of 100: two refunds in 30 days",
            }
        )
            Assert.Contains(change, page.Html, StringComparison.Ordinal);
        Assert.Empty((await StoredAsync(record)).Decisions);
        Assert.Equal(HttpStatusCode.SeeOther, (await mia.PostAsync(url, Approvals.Visitor.Fields(page, "approve"))).Status);
        Assert.Equal("r2", Assert.Single((await StoredAsync(record)).Decisions).Revision);
    }

    [Fact]
    public async Task Too_late_expired_revoked_and_withdrawn_each_say_what_to_do()
    {
        using var mia = Visitor();
        var late = await OpenAsync(Case("late"));
        var (lateUrl, form) = (await LinkAsync(late), new Dictionary<string, string>());
        form = Approvals.Visitor.Fields(await mia.GetAsync(lateUrl), "approve");
        var old = (await Links.IssueAsync(late.Case.Id, 1, "Mia", "r1", Time.GetUtcNow().AddMinutes(30), default)).Url;
        Time.Advance(TimeSpan.FromMinutes(30));
        await SaysAsync(old, HttpStatusCode.Gone, "This link has expired", "Open the newest mail about it");
        Time.Advance(TimeSpan.FromMinutes(210) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await mia.GetAsync(lateUrl)).Status);
        Time.Advance(TimeSpan.FromSeconds(1));
        await SaysAsync(lateUrl, HttpStatusCode.Gone, "The deadline has passed", "Nothing is refunded; Sam can ask again.");
        Assert.Equal(HttpStatusCode.Gone, (await mia.PostAsync(lateUrl, form)).Status);
        Assert.Empty((await StoredAsync(late)).Decisions);

        var revoked = await OpenAsync(Case("revoked"));
        var revokedUrl = await LinkAsync(revoked);
        await Store.ChangeAsync(
            revoked.Case.Id,
            record => record with { Invitations = [record.Invitations[0] with { RevokedAt = Time.GetUtcNow() }] },
            default
        );
        await SaysAsync(revokedUrl, HttpStatusCode.Gone, "This link is no longer valid", "open the newest mail about it");

        var notTheirs = await OpenAsync(Case("not-theirs") with { RequestedBy = "mia" });
        await SaysAsync(
            await LinkAsync(notTheirs),
            HttpStatusCode.Forbidden,
            "You can’t decide this".Replace('’', '\''),
            "another person has to decide it"
        );

        var gone = await OpenAsync(Case("gone"));
        var goneUrl = await LinkAsync(gone);
        Thing.Now = static _ => null;
        await SaysAsync(goneUrl, HttpStatusCode.OK, "No decision is needed any more", "has ended");

        async Task SaysAsync(Uri url, HttpStatusCode status, string heading, string words)
        {
            var page = await mia.GetAsync(url);
            Assert.Equal((status, heading), (page.Status, page.Heading));
            Assert.Contains(words, WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
            Assert.DoesNotContain("<form", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_steps_are_asked_one_after_the_other()
    {
        var record = await OpenAsync(
            Case() with
            {
                Stages = [new("finance", TimeSpan.FromHours(4)), new("director", TimeSpan.FromHours(2))],
            }
        );
        var url = await LinkAsync(record);
        using var mia = Visitor();
        Assert.Equal(HttpStatusCode.SeeOther, (await mia.PressAsync(url, "approve")).Status);
        Assert.Equal("You approved it", (await mia.GetAsync(url)).Heading);
        var second = await Store.ChangeAsync(
            record.Case.Id,
            r => r.WithSeatFor(Get<Platform.Operations.People>().Roster.Single(static p => p.Name == "Ann"), Time.GetUtcNow()),
            default
        );
        using var ann = Visitor("192.0.2.3");
        var annUrl = await LinkAsync(second, 2);
        Assert.Contains("<bdi>Mia</bdi> approved", (await ann.GetAsync(annUrl)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await ann.PressAsync(annUrl, "approve")).Status);
        Assert.Equal(CaseState.Approved, (await StoredAsync(record)).State);
    }

    [Fact]
    public async Task Forged_truncated_and_swapped_links_read_alike_and_slow_down()
    {
        var record = await OpenAsync(Case());
        var (url, other) = (await LinkAsync(record), await LinkAsync(await OpenAsync(Case("c-2"))));
        var (a, b) = (url.Segments[^1], other.Segments[^1]);
        // A link whose invitation is by now somebody else's.
        var foreign = (await Links.IssueAsync(record.Case.Id, 1, "Tom Łoś", "r1", Time.GetUtcNow().AddHours(1), default)).Url.Segments[^1];
        var caseless = (await Links.IssueAsync(new("never"), 1, "Mia", "r1", Time.GetUtcNow().AddHours(1), default)).Url.Segments[^1];
        using var guesser = Visitor("192.0.2.66");
        var pages = new HashSet<string>();
        foreach (var token in new[] { a[..^1], a + "A", a[..20] + b[20..], LinkToken.New().Secret, "x", foreign, caseless })
        {
            var page = await guesser.GetAsync(new Uri(Root, "/api/v1/approvals/" + token));
            Assert.Equal((HttpStatusCode.NotFound, "This link is not valid"), (page.Status, page.Heading));
            pages.Add(page.Html);
        }
        Assert.Single(pages);
        var slowed = await guesser.GetAsync(url);
        for (var i = 0; i < 40 && slowed.Status != HttpStatusCode.TooManyRequests; i++)
            slowed = await guesser.GetAsync(new Uri(Root, $"/api/v1/approvals/guess{i}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, slowed.Status);
        Assert.Equal("60", slowed.Response.Headers.GetValues("Retry-After").Single());
        using var mia = Visitor("192.0.2.67");
        Assert.Equal(HttpStatusCode.SeeOther, (await mia.PressAsync(url, "approve")).Status);
    }

    [Fact]
    public async Task A_large_amount_asks_for_a_code_that_is_mailed_apart()
    {
        var record = await OpenAsync(Case() with { CodeNeeded = true });
        var url = await LinkAsync(record);
        using var mia = Visitor();
        Assert.Contains("Enter the code", (await mia.PressAsync(url, "approve")).Html, StringComparison.Ordinal);
        Assert.Contains("No code is valid", (await mia.PressAsync(url, "approve", code: "123456")).Html, StringComparison.Ordinal);
        Assert.Empty(Mails);
        var sent = await mia.PressAsync(url, "code", "keep this");
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Contains(">keep this</textarea>", sent.Html, StringComparison.Ordinal);
        var mail = Assert.Single(Mails);
        Assert.Contains("mia@example.com", mail["to"], StringComparison.Ordinal);
        Assert.DoesNotContain("http", mail.Text + mail.Html, StringComparison.Ordinal);
        var code = System.Text.RegularExpressions.Regex.Match(mail.Text, "^Your code is ([0-9]{6})").Groups[1].Value;
        Assert.DoesNotContain(code, mail["subject"] + sent.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await mia.PressAsync(url, "code")).Status);
        var wrong = code == "123456" ? "654321" : "123456";
        Assert.Contains("This code is wrong", (await mia.PressAsync(url, "approve", code: wrong)).Html, StringComparison.Ordinal);
        // What is lacking anyway costs none of the tries.
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mia.PressAsync(url, "reject", code: wrong)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await mia.PressAsync(url, "approve", code: $"{code[..3]} {code[3..]}")).Status);
        Assert.Equal(CaseState.Approved, (await StoredAsync(record)).State);
    }

    [Fact]
    public async Task Five_wrong_codes_end_the_link_and_a_reminder_has_a_new_one()
    {
        var record = await OpenAsync(Case() with { CodeNeeded = true });
        var url = await LinkAsync(record);
        using var mia = Visitor();
        await mia.PressAsync(url, "code");
        var code = System.Text.RegularExpressions.Regex.Match(Assert.Single(Mails).Text, "[0-9]{6}").Value;
        for (var i = 0; i < 4; i++)
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity,
                (await mia.PressAsync(url, "approve", code: code == "123456" ? "1" : "123456")).Status
            );
        var last = Approvals.Visitor.Fields(await mia.GetAsync(url), "approve", code: code);
        Assert.Equal(HttpStatusCode.Gone, (await mia.PressAsync(url, "approve", code: "000")).Status);
        Assert.Equal(HttpStatusCode.Gone, (await mia.PostAsync(url, last)).Status);
        Assert.Equal(
            (HttpStatusCode.Gone, "This link is no longer valid"),
            ((await mia.GetAsync(url)).Status, (await mia.GetAsync(url)).Heading)
        );
        Assert.Empty((await StoredAsync(record)).Decisions);
        Assert.Equal(HttpStatusCode.OK, (await mia.GetAsync(await LinkAsync(record))).Status);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' autofocus onfocus='alert(1)")]
    [InlineData("</textarea></form><form action=https://evil.example>")]
    [InlineData("a\r\nb\u202Egpj.exe\u2066")]
    public async Task Nothing_in_any_text_becomes_markup(string evil)
    {
        var asked = Evil(Case("evil"), evil) with { Id = new("evil") };
        var record = await OpenAsync(asked);
        await Store.ChangeAsync(
            record.Case.Id,
            r => r with { Decisions = [new(0, evil, CaseAnswer.Delegate, evil, evil, "r1", "link", Time.GetUtcNow())] },
            default
        );
        var url = await LinkAsync(record);
        using var mia = Visitor();
        var page = await mia.GetAsync(url);
        var again = await mia.PressAsync(url, "reject", evil + new string('x', 1000), evil, evil);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Thing.Now = asked => Evil(asked, evil + "2") with { Revision = evil };
        var changed = await mia.GetAsync(url);
        Thing.Now = static _ => null;
        foreach (var html in new[] { page.Html, again.Html, changed.Html, (await mia.GetAsync(url)).Html })
        {
            foreach (var markup in new[] { "<script", "<img", "<form action", "\u202E", "\u2066" })
                Assert.DoesNotContain(markup, html, StringComparison.OrdinalIgnoreCase);
            // Only our own elements, each of our own attributes.
            foreach (
                System.Text.RegularExpressions.Match tag in System.Text.RegularExpressions.Regex.Matches(html, "<([a-zA-Z0-9]+)([^>]*)>")
            )
                Assert.DoesNotMatch(
                    "(^| )on[a-z]+=",
                    System.Text.RegularExpressions.Regex.Replace(tag.Groups[2].Value, "\"[^\"]*\"", "\"\"")
                );
        }
    }

    internal static ApprovalCase Evil(ApprovalCase asked, string evil) =>
        asked with
        {
            Subject = evil,
            Title = evil,
            Asked = evil,
            Reasons = [evil],
            Figures = [new(evil, evil)],
            Recommendation = evil,
            IfSilent = evil,
            RequestedBy = evil,
            Revision = evil,
        };
}
