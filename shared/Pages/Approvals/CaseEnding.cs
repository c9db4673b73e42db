namespace Stockgate.Pages.Approvals;

/// <summary>How something that people are told of ended.</summary>
/// <param name="Label">One or two words for the subject: <c>Done</c>, <c>Rejected</c>.</param>
/// <param name="Outcome">What happened, in a sentence or two.</param>
/// <param name="Decisions">Who or what decided, and why; empty where nobody came to decide.</param>
public sealed record CaseEnding(string Label, string Outcome, IReadOnlyList<string> Decisions);
