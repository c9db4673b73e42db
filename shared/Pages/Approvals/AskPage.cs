using Stockgate.Domain;
using Stockgate.Domain.Approvals;

namespace Stockgate.Pages.Approvals;

/// <summary>What somebody wrote into the form.</summary>
/// <param name="Answer">The button's value.</param>
/// <param name="Reason">With line breaks.</param>
/// <param name="To">Null where nobody was chosen.</param>
/// <param name="Code">As it was typed.</param>
/// <param name="Mark">Of the revision that was shown; of it stands a digest in the form.</param>
/// <param name="Seal">That this page was shown to this browser.</param>
public sealed record GivenForm(string? Answer, string? Reason, string? To, string? Code, string? Mark, string? Seal);

/// <summary>What the form lacks.</summary>
/// <param name="Field">The field's id: <c>reason</c>, <c>to</c>, <c>code</c>; null where it is none of them.</param>
/// <param name="Text">For the person.</param>
public sealed record FormMistake(string? Field, string Text);

/// <summary>The page that asks.</summary>
public sealed record AskPage
{
    public required CaseView View { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Stands for the revision that is shown.</summary>
    public required string Mark { get; init; }

    /// <summary>Proves that the form was shown to this browser.</summary>
    public required string Seal { get; init; }

    /// <summary>Digits of a one-time code.</summary>
    public required int CodeDigits { get; init; }

    /// <summary>What was written before, to be kept; null at the first look.</summary>
    public GivenForm? Given { get; init; }

    public FormMistake? Mistake { get; init; }

    /// <summary>Good news, such as that a code is under way.</summary>
    public string? Notice { get; init; }

    /// <summary>What is different from the mail, as far as it is known; null where nothing is.</summary>
    public IReadOnlyList<string>? Changes { get; init; }

    public ApprovalRecord Record => View.Record;

    public ApprovalCase Case => View.Record.Case;
}
