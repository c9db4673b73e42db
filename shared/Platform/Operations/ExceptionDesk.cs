using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Operations;

namespace Stockgate.Platform.Operations;

/// <summary>What people do with exceptions. Each step stands on the decision chain <c>exception ID</c> before it holds.</summary>
public sealed class ExceptionDesk(ExceptionLog exceptions, DecisionLog decisions, TimeProvider time)
{
    /// <summary>Somebody has seen it.</summary>
    /// <exception cref="ProblemException">There is no such open exception.</exception>
    public Task<OperationException> AcknowledgeAsync(string id, string by, string? note, CancellationToken cancellationToken) =>
        ChangeAsync(id, by, "acknowledged", note, (e, now) => e with { AcknowledgedAt = now }, cancellationToken);

    /// <summary>Somebody works on it.</summary>
    /// <exception cref="ProblemException">There is no such open exception.</exception>
    public Task<OperationException> AssignAsync(string id, string to, string by, string? note, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            by,
            $"assigned to {to}",
            note,
            (e, now) => e with { AssignedTo = to, AcknowledgedAt = e.AcknowledgedAt ?? now },
            cancellationToken
        );

    /// <summary>It is dealt with. The same failure after that opens it again.</summary>
    /// <exception cref="ProblemException">There is no such open exception.</exception>
    public Task<OperationException> ResolveAsync(string id, string by, string note, CancellationToken cancellationToken) =>
        ChangeAsync(id, by, "resolved", note, static (e, now) => e with { ResolvedAt = now }, cancellationToken);

    private async Task<OperationException> ChangeAsync(
        string id,
        string by,
        string decision,
        string? note,
        Func<OperationException, DateTimeOffset, OperationException> change,
        CancellationToken cancellationToken
    )
    {
        var open = await exceptions.GetAsync(id, cancellationToken) is { ResolvedAt: null } found ? found : throw NotOpen(id);
        var now = time.GetUtcNow();
        await decisions.AppendAsync(
            new DecisionRecord
            {
                Subject = $"exception {id}",
                DecidedAt = now,
                Decision = decision,
                DecidedBy = by,
                Inputs =
                [
                    new DecisionInput("exception", $"{open.Type} of {open.Subject}: {open.Failure}", open.Subject, now - open.FirstSeenAt),
                    .. note is null ? Array.Empty<DecisionInput>() : [new DecisionInput("note", note, by, null)],
                ],
            },
            cancellationToken
        );
        return await exceptions.ChangeAsync(id, e => change(e, now), cancellationToken) ?? throw NotOpen(id);
    }

    private static ProblemException NotOpen(string id) =>
        new(
            StatusCodes.Status404NotFound,
            "unknown-exception",
            "Not found",
            $"No open exception has the id '{id}'. GET /api/v1/exceptions lists them.",
            "id"
        );
}
