using Microsoft.AspNetCore.Http;

namespace Stockgate.Platform.Http.Idempotency;

/// <summary>Why a request with a known key is not carried out.</summary>
internal static class IdempotencyProblems
{
    // Most requests are answered within a second.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static ProblemException Reused() =>
        new(
            StatusCodes.Status422UnprocessableEntity,
            "key-used",
            "Idempotency-Key reused",
            "This Idempotency-Key was sent to this address with another body or query. Use a new key for a new request.",
            IdempotencyKey.Header
        );

    public static ProblemException InFlight() =>
        new(
            StatusCodes.Status409Conflict,
            "in-flight",
            "In progress",
            "The request with this Idempotency-Key is being carried out. Send the same again after Retry-After for its answer.",
            IdempotencyKey.Header
        )
        {
            RetryAfter = Pause,
        };

    public static ProblemException NotKept(KeptAnswer answer) =>
        new(
            StatusCodes.Status409Conflict,
            "answer-not-kept",
            "Done already",
            $"The request with this Idempotency-Key was carried out and answered {answer.Status}. The answer is not kept: it had a secret, or "
                + "was too large. GET what it made; a secret that was lost is revoked, and another one made under a new key.",
            IdempotencyKey.Header
        )
        {
            Headers = answer.Location is { } location ? new Dictionary<string, string> { ["Location"] = location } : [],
        };
}
