using Stockgate.Domain.Approvals;

namespace Stockgate.Pages.Approvals;

/// <summary>The pages behind a link, as HTML without a script: they work with a keyboard, in a screen reader, and at 320 px.</summary>
public static class ApprovalPage
{
    /// <summary>The case, and the form that decides it.</summary>
    public static string Asks(AskPage page) => PageRenderer.Render<AskingPage>(new() { [nameof(AskingPage.Page)] = page });

    /// <summary>The case where nothing is to be decided with this link (any more), and why.</summary>
    public static string Stands(string heading, string text, string next, CaseView view) =>
        PageRenderer.Render<StandingPage>(
            new()
            {
                [nameof(StandingPage.Heading)] = heading,
                [nameof(StandingPage.Text)] = text,
                [nameof(StandingPage.Next)] = next,
                [nameof(StandingPage.View)] = view,
            }
        );

    /// <summary>A page about no case at all. It says the same whatever was wrong with the link.</summary>
    public static string Plain(string heading, params string[] paragraphs) =>
        PageRenderer.Render<PlainPage>(new() { [nameof(PlainPage.Heading)] = heading, [nameof(PlainPage.Paragraphs)] = paragraphs });
}
