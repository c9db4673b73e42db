using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Approvals;

/// <summary>Formats answers and figures for pages and mails.</summary>
public static class Words
{
    /// <summary>The maximum length of a case's text; longer ones are truncated.</summary>
    public const int TextCharacters = 2000,
        NameCharacters = 200,
        TitleCharacters = 300;

    /// <summary>A text of a case on one line.</summary>
    public static string Line(string? text) => SafeText.Line(text, TextCharacters);

    /// <summary>The figures, with the amount added if missing.</summary>
    public static IEnumerable<CaseFigure> Figures(ApprovalCase asked) =>
        asked.Amount is { } amount && !asked.Figures.Any(f => f.Value.Contains(Amounts.Of(amount), StringComparison.Ordinal))
            ? asked.Figures.Prepend(new("Amount", Amounts.Of(amount)))
            : asked.Figures;

    public static string Answer(CaseDecision said) =>
        said.Answer switch
        {
            CaseAnswer.Approve => "approved",
            CaseAnswer.Reject => "rejected",
            _ => $"delegated it to {said.To}",
        } + (said.Void ? " before the case changed; this no longer counts" : "");

    /// <summary>The differences between two revisions of a case.</summary>
    public static IReadOnlyList<string> Changes(ApprovalCase before, ApprovalCase now)
    {
        var (was, changes) = (
            Figures(before).GroupBy(static f => f.Name).ToDictionary(static f => f.Key, static f => f.First().Value),
            new List<string>()
        );
        foreach (var figure in Figures(now))
            if (!was.Remove(figure.Name, out var value))
                changes.Add($"new figure {figure.Name}: {figure.Value}");
            else if (value != figure.Value)
                changes.Add($"{figure.Name} is {figure.Value}, was {value}");
        changes.AddRange(was.Select(static gone => $"removed figure {gone.Key}, was {gone.Value}"));
        if (before.Asked != now.Asked)
            changes.Add("the effect is described differently");
        if (before.Recommendation != now.Recommendation)
            changes.Add($"the recommendation was: {before.Recommendation}");
        changes.AddRange(now.Reasons.Except(before.Reasons).Select(static reason => $"new reason: {reason}"));
        changes.AddRange(before.Reasons.Except(now.Reasons).Select(static reason => $"removed reason: {reason}"));
        return changes;
    }
}
