using System.Net;
using System.Text.RegularExpressions;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Events;
using Stockgate.Functions.Tests.Mail;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Mail;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Approvals;

public class ApprovalMailTests(AzuriteFixture fixture) : LinksOnAzurite(fixture)
{
    [Fact]
    public async Task A_mail_says_everything_in_both_forms_and_its_link_opens()
    {
        var record = await OpenAsync(Case());
        var sent = Assert.IsType<MailOutcome.Sent>(await Letters.SendAsync(record, new(1, LetterKind.First), default));
        var mail = Assert.Single(Mails);
        Assert.Equal("Refund 120.00 EUR of order 1001 – decide by 1 Mar, 12:00 UTC", mail["subject"]);
        Assert.Equal($"<{sent.MessageId}>", mail["message-id"]);
        foreach (var form in new[] { mail.Text, WebUtility.HtmlDecode(mail.Html) })
        foreach (
            var said in (string[])
                [
                    "Mia",
                    "Sun 1 Mar 2026, 12:00 UTC",
                    record.Case.Asked,
                    .. record.Case.Reasons,
                    .. record.Case.Figures.SelectMany(static f => new[] { f.Name, f.Value }),
                    record.Case.Recommendation,
                    record.Case.IfSilent,
                    "decides nothing",
                ]
        )
            Assert.Contains(said, form, StringComparison.Ordinal);
        var links = Regex.Matches(mail.Text + mail.Html, "http://[^\\s\"<]+").Select(static m => m.Value).Distinct().ToList();
        var url = new Uri(Assert.Single(links));
        using var mia = Visitor();
        Assert.Equal("Refund 120.00 EUR of order 1001", (await mia.GetAsync(url)).Heading);
        // Nothing is fetched by opening the mail.
        foreach (var remote in new[] { "<img", "src=", "url(", "<link", "<style", "@import", "<script", "background=" })
            Assert.DoesNotContain(remote, mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((record.Case.Id, 1), ((await Get<MailIndex>().FindAsync($"<{sent.MessageId.ToUpperInvariant()}>", default))!.Case, 1));
    }

    [Theory]
    [InlineData(LetterKind.Reminder, InvitedBecause.Role, "Reminder: Refund", "half of the time is over")]
    [InlineData(LetterKind.First, InvitedBecause.Escalation, "Escalated to you: Refund", "you are asked as well")]
    [InlineData(LetterKind.First, InvitedBecause.Fallback, "Refund", "could not be reached")]
    [InlineData(LetterKind.First, InvitedBecause.Role, "Refund", "you have the role finance")]
    public async Task A_mail_says_why_it_came(LetterKind kind, InvitedBecause because, string subject, string why)
    {
        var record = await OpenAsync(Case($"{kind}-{because}"));
        record = record with { Invitations = [record.Invitations[0] with { Because = because }] };
        await Letters.SendAsync(record, new(1, kind), default);
        var mail = Assert.Single(Mails);
        Assert.StartsWith(subject, mail["subject"], StringComparison.Ordinal);
        Assert.Contains(why, mail.Text, StringComparison.Ordinal);
        Assert.Contains(why, mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_reminder_has_a_link_of_its_own_and_both_are_good()
    {
        var record = await OpenAsync(Case());
        await Letters.SendAsync(record, new(1, LetterKind.First), default);
        await Letters.SendAsync(record, new(1, LetterKind.Reminder), default);
        var urls = Mails.Select(static mail => new Uri(Regex.Match(mail.Text, "http://\\S+").Value)).ToList();
        Assert.Equal(2, urls.Distinct().Count());
        using var mia = Visitor();
        Assert.Equal(HttpStatusCode.SeeOther, (await mia.PressAsync(urls[0], "approve")).Status);
        Assert.Equal("It is approved", (await mia.GetAsync(urls[1])).Heading);
    }

    [Fact]
    public async Task Who_has_no_address_is_not_reached_and_that_is_said()
    {
        var failed = Assert.IsType<MailOutcome.Failed>(
            await Letters.SendAsync(await OpenAsync(Case(), "Kim"), new(1, LetterKind.First), default)
        );
        Assert.True(failed.Permanent);
        Assert.Contains("People__NAME__Email", failed.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_without_asking_is_told_without_a_link()
    {
        Assert.IsType<MailOutcome.Sent>(
            await Letters.TellAsync(Case(), new("Done", "Done at once; take it back with POST.", []), "Mia", default)
        );
        var mail = Assert.Single(Mails);
        Assert.Equal("Done: Refund 120.00 EUR of order 1001", mail["subject"]);
        Assert.DoesNotContain("http", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("If nobody answers", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_rejected_is_told_as_rejected_by_whom_and_why()
    {
        await Letters.TellAsync(
            Case(),
            new("Rejected", "Rejected by Mia: replaced already.", ["Mia rejected: replaced already."]),
            "Tom Łoś",
            default
        );
        var mail = Assert.Single(Mails);
        Assert.Equal("Rejected: Refund 120.00 EUR of order 1001", mail["subject"]);
        Assert.Contains("Mia rejected: replaced already.", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Why it was done", mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pay\r\nBcc: eve@evil.example\r\n\r\n<b>body</b>")]
    [InlineData("\n.\nMAIL FROM:<eve@evil.example>")]
    [InlineData("<script>alert(1)</script><img src=https://evil.example/x.png>")]
    [InlineData("\u202Egpj.exe \u2066\u2069 \0")]
    [InlineData("--=_boundary\r\nContent-Type: text/html\r\n\r\n<a href=https://evil.example>")]
    [InlineData("=?utf-8?B?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=")]
    [InlineData("long")]
    public async Task Nothing_in_any_field_of_a_case_gets_out_of_its_place(string evil)
    {
        if (evil == "long")
            evil = string.Concat(Enumerable.Repeat("very long <b> \r\n", 1_000));
        var record = await OpenAsync(LinkPageTests.Evil(Case(), evil) with { Id = new("evil") });
        record = record with
        {
            Decisions =
            [
                new(0, "Mia", CaseAnswer.Delegate, evil, "Tom Łoś", evil, "link", Time.GetUtcNow()),
                new(0, evil, CaseAnswer.Approve, evil, null, evil, "link", Time.GetUtcNow()),
            ],
            Invitations = [new(1, 0, "Tom Łoś", InvitedBecause.Delegation, Time.GetUtcNow())],
        };
        Assert.IsType<MailOutcome.Sent>(await Letters.SendAsync(record, new(1, LetterKind.First), default));
        Assert.IsType<MailOutcome.Sent>(await Letters.TellAsync(record.Case, new("Done", evil, [evil]), "Mia", default));
        Assert.Equal(2, Mails.Count);
        foreach (var mail in Mails)
        {
            Assert.Empty(mail.Headers["bcc"]);
            Assert.Single(mail.Headers["subject"]);
            Assert.True(mail["subject"].Length <= OutgoingMail.SubjectCharacters);
            foreach (var text in new[] { mail["subject"], mail["to"] })
                Assert.DoesNotContain(text, static c => char.IsControl(c) || c is '\u202E' or '\u2066' or '\u2069');
            foreach (var markup in new[] { "<script", "<img", "<b> ", "<a href=https", "\u202E", "\0" })
                Assert.DoesNotContain(markup, mail.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(mail.Text, static c => c != '\n' && c != '\r' && char.IsControl(c));
            Assert.True(mail.Html.Length < 100_000);
        }
    }
}
