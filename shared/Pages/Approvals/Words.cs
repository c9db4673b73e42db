using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Approvals;

/// <summary>How moments, money and people's answers are said in pages and mails.</summary>
public static class Words
{
    /// <summary>Characters of one text of a case, at the most; what is longer is cut.</summary>
    public const int TextCharacters = 2000,
        NameCharacters = 200,
        TitleCharacters = 300;

    /// <summary>A text of a case on one line.</summary>
    public static string Line(string? text) => SafeText.Line(text, TextCharacters);

    /// <summary>The figures with the amount, where none of them has it.</summary>
    public static IEnumerable<CaseFigure> Figures(ApprovalCase asked) =>
        asked.Amount is { } amount && !asked.Figures.Any(f => f.Value.Contains(Amounts.Of(amount), StringComparison.Ordinal))
            ? asked.Figures.Prepend(new("Amount", Amounts.Of(amount)))
            : asked.Figures;

    public static string Answer(CaseDecision said) =>
        said.Answer switch
        {
            CaseAnswer.Approve => "approved",
            CaseAnswer.Reject => "rejected",
            _ => $"handed it to {said.To}",
        } + (said.Void ? ", before it changed; this counts no more" : "");

    /// <summary>What is different between two revisions of a case, figure by figure and sentence by sentence.</summary>
    public static IReadOnlyList<string> Changes(ApprovalCase before, ApprovalCase now)
    {
        var (was, changes) = (
            Figures(before).GroupBy(static f => f.Name).ToDictionary(static f => f.Key, static f => f.First().Value),
            new List<string>()
        );
        foreach (var figure in Figures(now))
            if (!was.Remove(figure.Name, out var value))
                changes.Add($"{figure.Name} is new: {figure.Value}");
            else if (value != figure.Value)
                changes.Add($"{figure.Name} is {figure.Value}, was {value}");
        changes.AddRange(was.Select(static gone => $"{gone.Key} is gone, was {gone.Value}"));
        if (before.Asked != now.Asked)
            changes.Add("what would be done is worded differently");
        if (before.Recommendation != now.Recommendation)
            changes.Add($"the recommendation was: {before.Recommendation}");
        changes.AddRange(now.Reasons.Except(before.Reasons).Select(static reason => $"a reason is new: {reason}"));
        changes.AddRange(before.Reasons.Except(now.Reasons).Select(static reason => $"a reason is gone: {reason}"));
        return changes;
    }
}
