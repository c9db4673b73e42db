using Microsoft.AspNetCore.Http;
using Stockgate.Platform;

namespace Stockgate.Functions.Ingest;

/// <summary>Whoever lets records go, or takes that back, says why: it stands on their decision chains.</summary>
internal static class QuarantineNote
{
    private const int Longest = 500;

    /// <exception cref="ProblemException">It is missing or too long.</exception>
    public static string Required(string? note) =>
        note?.Trim() is { Length: > 0 and <= Longest } said
            ? said
            : throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "note-missing",
                "Say why",
                $"note must say why, in 1 to {Longest} characters: {{\"note\":\"test data of the partner\"}}.",
                "note"
            );
}
