using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Pages.Approvals;
using Stockgate.Pages.Formats;
using Stockgate.Platform.Http;
using Stockgate.Platform.Mail;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>The response of a link's page.</summary>
/// <param name="Page">For the browser.</param>
/// <param name="Decided">The case that was decided or delegated, whose orchestration has to be signalled; null if none was.</param>
public sealed record LinkReply(PageAnswer Page, CaseId? Decided = null);

/// <summary>The page behind a link: GET changes nothing, and posting the page's form decides once.</summary>
public sealed class LinkDesk(
    ApprovalLinks links,
    OneTimeCodes codes,
    ApprovalDesk desk,
    ApprovalStore store,
    ApprovalLetters letters,
    People people,
    GuessLimits limits,
    LinkSettings settings,
    TimeProvider time
)
{
    // A reason of 1,000 characters, percent-encoded, and the rest.
    private const int FormBytes = 16 * 1024;

    private readonly FormSeal seals = new(settings, time);

    private sealed record Opened(ApprovalLink Link, CaseView View, HttpContext Http);

    /// <summary>GET and HEAD, by a person, a scanner or a preview alike.</summary>
    public async Task<LinkReply> ShowAsync(HttpRequest request, string token, CancellationToken cancellationToken)
    {
        var (opened, refused) = await OpenAsync(request.HttpContext, token, cancellationToken);
        if (opened is null)
            return new(refused!);
        return Standing(opened) ?? await AskAsync(opened, null, null, null, StatusCodes.Status200OK, cancellationToken);
    }

    /// <summary>POST: approve, reject, delegate, or request a code.</summary>
    public async Task<LinkReply> AnswerAsync(HttpRequest request, string token, CancellationToken cancellationToken)
    {
        var (opened, refused) = await OpenAsync(request.HttpContext, token, cancellationToken);
        if (opened is null)
            return new(refused!);
        if (Standing(opened) is { } standing)
            return standing.Page.Status == StatusCodes.Status200OK
                ? standing with
                {
                    Page = StandingPage(opened, StatusCodes.Status409Conflict),
                }
                : standing;
        if (await FormAsync(request, cancellationToken) is not { } form)
            return new(
                new(
                    StatusCodes.Status415UnsupportedMediaType,
                    ApprovalPage.Plain(
                        "The form is not from this page",
                        "Open the link from the mail again, and use the buttons on its page."
                    )
                )
            );
        if (!seals.Holds(opened.Http, opened.Link.Token, form.Mark ?? "", form.Seal ?? ""))
            return await AskAsync(
                opened,
                null,
                new(null, "This page expired or was opened again elsewhere. Check the current version and press the button again."),
                null,
                StatusCodes.Status403Forbidden,
                cancellationToken
            );
        if (form.Answer == "code")
            return await SendCodeAsync(opened, form, cancellationToken);
        if (AnswerIn(form) is not { } answer)
            return await AskAsync(
                opened,
                form,
                new(null, "Press one of the buttons."),
                null,
                StatusCodes.Status400BadRequest,
                cancellationToken
            );
        // A different mark is an outdated revision, which the rules refuse as changed.
        var current = opened.View.Record.Case.Revision;
        var given = new GivenAnswer(
            opened.Link.Invitation,
            answer,
            form.Reason,
            form.To,
            form.Mark == FormSeal.MarkOf(current) ? current : "",
            "link"
        );
        // Checked before the code, so that a missing reason costs no try.
        var tried = opened.View.Record.Decide(given, people.Roster, time.GetUtcNow());
        if (!tried.Accepted)
            return await RefuseAsync(request, token, opened, form, tried, cancellationToken);
        if (opened.View.Record.Case.CodeNeeded && await MistakeInCodeAsync(opened, form, cancellationToken) is { } wrong)
            return wrong;
        var verdict = await desk.DecideAsync(opened.Link.Case, given, cancellationToken);
        return verdict.Accepted
            ? new(PageAnswer.LookAgain, opened.Link.Case)
            : await RefuseAsync(request, token, opened, form, verdict, cancellationToken);
    }

    private async Task<(Opened? Opened, PageAnswer? Refused)> OpenAsync(HttpContext http, string token, CancellationToken cancellationToken)
    {
        if (!limits.Allows(http))
            return (
                null,
                new(
                    StatusCodes.Status429TooManyRequests,
                    ApprovalPage.Plain(
                        "Please wait a minute",
                        "Too many invalid links were opened from your network.",
                        "Wait a minute, then open the link from the mail again."
                    ),
                    GuessLimits.Wait
                )
            );
        // A missing case and a link of another invitation get the same answer as an unknown link.
        if (
            await links.FindAsync(token, cancellationToken) is not { } link
            || await desk.ViewAsync(link.Case, link.Invitation, link.Revision, cancellationToken) is not { } view
            || !string.Equals(view.Invitation.Approver, link.Approver, StringComparison.OrdinalIgnoreCase)
        )
        {
            limits.Missed(http);
            return (
                null,
                new(
                    StatusCodes.Status404NotFound,
                    ApprovalPage.Plain(
                        "This link is not valid",
                        "A part of the link may be missing. Open it from the newest mail about the case.",
                        "If that does not help, ask the requester to send you a new mail."
                    )
                )
            );
        }
        return (new(link, view, http), null);
    }

    private LinkReply? Standing(Opened opened) =>
        LinkStanding.Of(opened.Link, opened.View, time.GetUtcNow()) is { } standing ? new(StandingPage(opened, standing.Status)) : null;

    private PageAnswer StandingPage(Opened opened, int status) =>
        LinkStanding.Of(opened.Link, opened.View, time.GetUtcNow()) is { } standing
            ? new(status, ApprovalPage.Stands(standing.Heading, standing.Text, standing.Next, opened.View))
            : throw new InvalidOperationException($"Case {opened.Link.Case} is still to be decided.");

    private async Task<LinkReply> AskAsync(
        Opened opened,
        GivenForm? given,
        FormMistake? mistake,
        string? notice,
        int status,
        CancellationToken cancellationToken
    )
    {
        var asked = opened.View.Record.Case;
        IReadOnlyList<string>? changes = null;
        if (opened.View.Changed)
            changes =
                await store.FindAsync(opened.Link.Case, cancellationToken) is { } stored && stored.Case.Revision == opened.Link.Revision
                    ? Words.Changes(stored.Case, asked)
                    : [];
        return new(
            new(
                status,
                ApprovalPage.Asks(
                    new AskPage
                    {
                        View = opened.View,
                        Now = time.GetUtcNow(),
                        Mark = FormSeal.MarkOf(asked.Revision),
                        Seal = seals.Seal(opened.Http, opened.Link.Token, FormSeal.MarkOf(asked.Revision)),
                        CodeDigits = OneTimeCodes.Digits,
                        Given = given,
                        Mistake = mistake,
                        Notice = notice,
                        Changes = changes,
                    }
                )
            )
        );
    }

    private async Task<LinkReply> RefuseAsync(
        HttpRequest request,
        string token,
        Opened opened,
        GivenForm form,
        AnswerVerdict verdict,
        CancellationToken cancellationToken
    )
    {
        if (verdict.Refusal == Refusal.Incomplete)
            return await AskAsync(
                opened,
                form,
                new(verdict.Field, verdict.Words),
                null,
                StatusCodes.Status422UnprocessableEntity,
                cancellationToken
            );
        // Reads the current case: a colleague may have decided since the page was opened.
        var (again, gone) = await OpenAsync(request.HttpContext, token, cancellationToken);
        if (again is null)
            return new(gone!);
        return LinkStanding.Of(again.Link, again.View, time.GetUtcNow()) is null
            ? await AskAsync(again, form, new(null, verdict.Words), null, StatusCodes.Status409Conflict, cancellationToken)
            : new(StandingPage(again, StatusCodes.Status409Conflict));
    }

    private async Task<LinkReply> SendCodeAsync(Opened opened, GivenForm form, CancellationToken cancellationToken)
    {
        var asked = opened.View.Record.Case;
        if (!asked.CodeNeeded)
            return await AskAsync(opened, form, null, "This decision needs no code.", StatusCodes.Status200OK, cancellationToken);
        var made = await codes.MakeAsync(opened.Link, cancellationToken);
        var problem =
            made.Words
            ?? (
                await letters.SendCodeAsync(opened.Link, asked, made, cancellationToken) is MailOutcome.Failed
                    ? "The code could not be mailed. Wait a minute and try again, or decide at the console."
                    : null
            );
        return problem is not null
            ? await AskAsync(opened, form, new("code", problem), null, StatusCodes.Status409Conflict, cancellationToken)
            : await AskAsync(
                opened,
                form,
                null,
                $"A code was mailed to the address that received this link. It is valid for {Durations.Of(OneTimeCodes.Lifetime)}.",
                StatusCodes.Status200OK,
                cancellationToken
            );
    }

    private async Task<LinkReply?> MistakeInCodeAsync(Opened opened, GivenForm form, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(form.Code))
            return await AskAsync(
                opened,
                form,
                new("code", "Enter the code that was mailed to you. Press “Mail me a code” if you have none."),
                null,
                StatusCodes.Status422UnprocessableEntity,
                cancellationToken
            );
        switch (await codes.CheckAsync(opened.Link, form.Code, cancellationToken))
        {
            case CodeVerdict.Right:
                return null;
            case CodeVerdict.Wrong:
                return await AskAsync(
                    opened,
                    form,
                    new("code", "This code is wrong. Use the newest code that was mailed to you; the number of tries is limited."),
                    null,
                    StatusCodes.Status422UnprocessableEntity,
                    cancellationToken
                );
            case CodeVerdict.None:
                return await AskAsync(
                    opened,
                    form,
                    new("code", "No code is valid at the moment. Press “Mail me a code” and enter the new one."),
                    null,
                    StatusCodes.Status422UnprocessableEntity,
                    cancellationToken
                );
            default:
                var because =
                    $"A wrong code was entered {OneTimeCodes.Tries} times. If that was not you, tell your operator. The link in the next mail about this case works again; until then you can decide at the console.";
                await links.RevokeAsync(opened.Link, because, cancellationToken);
                var revoked = opened with { Link = opened.Link with { RevokedBecause = because } };
                return new(StandingPage(revoked, StatusCodes.Status410Gone));
        }
    }

    private static async Task<GivenForm?> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (
            !(request.ContentType ?? "").StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || request.ContentLength > FormBytes
        )
            return null;
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (body.Memory.Length > FormBytes)
            return null;
        var fields = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Memory.Span));
        // A form with duplicate fields is refused, because only one of them would be checked.
        string? Field(string name) => fields.TryGetValue(name, out var values) && values is [{ } value] ? value : null;
        return new(
            Field("answer"),
            Field("reason")?.ReplaceLineEndings("\n"),
            Field("to") is { Length: > 0 } to ? to : null,
            Field("code"),
            Field("revision"),
            Field("seal")
        );
    }

    private static CaseAnswer? AnswerIn(GivenForm form) =>
        form.Answer switch
        {
            "approve" => CaseAnswer.Approve,
            "reject" => CaseAnswer.Reject,
            "delegate" => CaseAnswer.Delegate,
            _ => null,
        };
}
