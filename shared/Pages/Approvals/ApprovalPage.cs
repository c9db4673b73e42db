using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Approvals;

/// <summary>The pages behind a link, as HTML without a script: they work with a keyboard, in a screen reader, and at 320 px.</summary>
public static class ApprovalPage
{
    /// <summary>The case, and the form that decides it.</summary>
    public static string Asks(AskPage page)
    {
        var asked = page.Case;
        return Page(
            (page.Mistake is null ? "" : "Not sent yet: ") + asked.Title,
            page.View.Invitation.Approver,
            $"""
            {Mistake(page)}{(page.Case.CodeNeeded ? Html.Empty : Notice(page))}{Changed(page)}
            <h1 dir="auto">{asked.Title}</h1>
            <p class="by">Decide by <strong>{Dates.Due(page.Record.Deadline)}</strong> <span class="soft">({Durations.Left(
                page.Record.Deadline - page.Now
            )})</span></p>
            <p dir="auto">{asked.Asked:lines}</p>
            <a class="go" href="#decide">Go to your decision</a>
            {Facts(asked)}
            {Form(page)}
            {History(page.Record)}
            """,
            $"Opening this page decides nothing; pressing a button does. The link is yours alone: {Alone(page)}."
        );
    }

    // Where nobody else may decide there is no control to hand the case over by.
    private static string Alone(AskPage page) =>
        page.View.Delegates.Count == 0 ? "don't forward the mail" : "hand the case over above instead of forwarding the mail";

    /// <summary>The case where nothing is to be decided with this link (any more), and why.</summary>
    public static string Stands(string heading, string text, string next, CaseView view) =>
        Page(
            heading,
            view.Invitation.Approver,
            $"""
            <p class="soft" dir="auto">{view.Record.Case.Title}</p>
            <h1 dir="auto">{heading}</h1>
            <p dir="auto">{text:lines}</p>
            {(next.Length == 0 ? Html.Empty : Html.Of($"<p>{next}</p>"))}
            {History(view.Record)}
            <section class="card" aria-labelledby="asked"><h2 id="asked">What was asked</h2><p dir="auto">{view.Record.Case.Asked:lines}</p></section>
            {Facts(view.Record.Case, open: false)}
            """,
            "Nothing can be decided on this page."
        );

    /// <summary>A page about no case at all. It says the same whatever was wrong with the link.</summary>
    public static string Plain(string heading, params string[] paragraphs) =>
        Page(
            heading,
            null,
            $"""<h1>{heading}</h1>{Html.Join(paragraphs.Select(static p => Html.Of($"<p>{p}</p>")))}""",
            "Nothing was decided by opening this page."
        );

    private static string Page(string title, string? person, Html content, string foot) =>
        Html.Of(
                $"""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow"><title>{title} – Stockgate</title><style>{ApprovalPageStyle.Css:raw}</style></head>
                <body><header><p><b>Stockgate</b> approvals</p>{(
                    person is null ? Html.Empty : Html.Of($"<p>For <bdi>{person}</bdi></p>")
                )}</header>
                <main>{content}</main>
                <footer><p>{foot}</p></footer></body></html>
                """
            )
            .ToString();

    private static Html Facts(ApprovalCase asked, bool open = true)
    {
        var figures = Words.Figures(asked).ToList();
        return $"""
            {(
                asked.Reasons.Count == 0
                    ? Html.Empty
                    : Html.Of(
                        $"""<section class="card" aria-labelledby="why"><h2 id="why">Why</h2><ul>{Html.Join(asked.Reasons.Select(static reason => Html.Of($"<li dir=\"auto\">{reason:lines}</li>")))}</ul></section>"""
                    )
            )}
            {(
                figures.Count == 0
                    ? Html.Empty
                    : Html.Of(
                        $"""<section class="card" aria-labelledby="figures"><h2 id="figures">Figures</h2><table aria-labelledby="figures"><tbody>{Html.Join(figures.Select(static f => Html.Of($"<tr><th scope=\"row\" dir=\"auto\">{f.Name}</th><td dir=\"auto\">{f.Value}</td></tr>")))}</tbody></table></section>"""
                    )
            )}
            <section class="card advice" aria-labelledby="advice"><h2 id="advice">Recommendation</h2><p dir="auto">{asked.Recommendation:lines}</p></section>
            {(
                open
                    ? Html.Of(
                        $"""<section class="card" aria-labelledby="silent"><h2 id="silent">If nobody answers</h2><p dir="auto">{asked.IfSilent:lines}</p></section>"""
                    )
                    : Html.Empty
            )}
            """;
    }

    private static Html Form(AskPage page)
    {
        var (wrong, given) = (page.Mistake?.Field, page.Given);
        return $"""
            <form method="post" id="decide" autocomplete="off"><fieldset><legend>Your decision</legend>
            <button type="submit" disabled hidden></button>
            <input type="hidden" name="revision" value="{page.Mark}"><input type="hidden" name="seal" value="{page.Seal}">
            {(page.Case.CodeNeeded ? Code(page) : Html.Empty)}
            <div class="ask"><label for="reason">Reason</label><p class="hint" id="reason-hint">Needed if you reject. Whoever asked will read it.</p>{Wrong(
                page,
                "reason"
            )}
            <textarea id="reason" name="reason" maxlength="{Deciding.ReasonCharacters}" rows="3" aria-describedby="reason-hint{(
                wrong == "reason" ? " reason-wrong" : ""
            ):raw}"{(wrong == "reason" ? " aria-invalid=\"true\"" : ""):raw}>{given?.Reason:value}</textarea></div>
            <div class="pair"><button class="yes" name="answer" value="approve">Approve</button><button class="no" name="answer" value="reject">Reject</button></div>
            {Delegates(page)}
            </fieldset></form>
            """;
    }

    private static Html Code(AskPage page)
    {
        var wrong = page.Mistake?.Field == "code";
        return $"""
            <div class="ask"><label for="code">One-time code</label><p class="hint" id="code-hint">This is worth enough to make sure that it is you. We mail you a code of {page.CodeDigits} digits, apart from the link.</p>{Notice(
                page
            )}{Wrong(page, "code")}
            <p><input class="code" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="16"{(
                page.Notice is not null ? " autofocus" : ""
            ):raw} aria-describedby="code-hint{(wrong ? " code-wrong" : ""):raw}"{(wrong ? " aria-invalid=\"true\"" : ""):raw}></p>
            <button class="plain" name="answer" value="code">Mail me a code</button></div>
            """;
    }

    private static Html Delegates(AskPage page)
    {
        if (page.View.Delegates.Count == 0)
            return Html.Empty;
        var options = Html.Join(
            page.View.Delegates.Select(name =>
                Html.Of($"<option value=\"{name:value}\"{(name == page.Given?.To ? " selected" : ""):raw}>{name}</option>")
            )
        );
        return $"""
            <div class="other"><div class="ask"><label for="to">Or let a colleague decide</label>{Wrong(page, "to")}
            <select id="to" name="to"{(
                page.Mistake?.Field == "to" ? " aria-invalid=\"true\" aria-describedby=\"to-wrong\"" : ""
            ):raw}><option value="">Choose who</option>{options}</select></div>
            <button class="plain" name="answer" value="delegate">Hand it over</button></div>
            """;
    }

    private static Html Wrong(AskPage page, string field) =>
        page.Mistake?.Field == field ? $"<p class=\"wrong\" id=\"{field:raw}-wrong\">{page.Mistake.Text}</p>" : Html.Empty;

    private static Html Mistake(AskPage page) =>
        page.Mistake is not { } mistake
            ? Html.Empty
            : $"""
                <div class="card mistake" role="alert" tabindex="-1" autofocus><h2>Nothing was decided yet</h2><p>{(
                    mistake.Field is { } field ? Html.Of($"<a href=\"#{field:raw}\">{mistake.Text}</a>") : Html.Of($"{mistake.Text}")
                )}</p></div>
                """;

    private static Html Notice(AskPage page) => page.Notice is null ? Html.Empty : $"""<p class="sent" role="status">{page.Notice}</p>""";

    private static Html Changed(AskPage page) =>
        page.Changes is not { } changes
            ? Html.Empty
            : $"""
                <section class="card note" aria-labelledby="changed"><h2 id="changed">This changed since you were mailed</h2><p>What you see here is how it is now. Please decide on this, not on the mail.</p>
                {(
                    changes.Count == 0
                        ? Html.Empty
                        : Html.Of($"<ul>{Html.Join(changes.Select(static change => Html.Of($"<li dir=\"auto\">{change}</li>")))}</ul>")
                )}</section>
                """;

    private static Html History(ApprovalRecord record)
    {
        var steps = record.Decisions.Select(static d =>
            Html.Of(
                $"<li dir=\"auto\"><bdi>{d.By}</bdi> {Words.Answer(d)} <span class=\"soft\">· {Dates.Due(d.At)}</span>{(d.Reason is null ? Html.Empty : Html.Of($"<br>“{d.Reason:lines}”"))}</li>"
            )
        );
        return $"""
            <section class="card" aria-labelledby="history"><h2 id="history">So far</h2><ol>
            <li dir="auto"><bdi>{record.Case.RequestedBy}</bdi> asked <span class="soft">· {Dates.Due(
                record.OpenedAt
            )}</span></li>{Html.Join(steps)}
            {(
                record is { ClosedAt: { } closed, State: CaseState.Expired or CaseState.Withdrawn }
                    ? Html.Of($"<li dir=\"auto\">{record.Outcome} <span class=\"soft\">· {Dates.Due(closed)}</span></li>")
                : record.State == CaseState.Open && record.Case.Stages.Count > 1
                    ? Html.Of($"<li>Waits for {record.Waiting.Role}: step {record.Stage + 1} of {record.Case.Stages.Count}</li>")
                : Html.Empty
            )}
            </ol></section>
            """;
    }
}
