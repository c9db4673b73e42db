using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Functions.Access;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest;

namespace Stockgate.Functions.Ingest;

/// <summary>
/// Applies one decision to many quarantined records: starts a sweep of a channel and shows its progress. A channel has one sweep at a time.
/// </summary>
public sealed class QuarantineSweeps
{
    private const int LongestFilter = 200;

    [Function("StartQuarantineSweep")]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/quarantine/{channel}/sweep")] HttpRequest request,
        string channel,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var sweep = await ReadAsync(request, cancellationToken);
        if (
            !await OrchestrationOwner.TryStartAsync(
                client,
                nameof(SweepQuarantine),
                InstanceOf(sweep.Channel),
                new SweepInput(sweep, SweepProgress.Start),
                cancellationToken
            )
        )
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "sweep-running",
                "A sweep is running",
                $"A sweep of channel '{sweep.Channel}' is in progress. GET on the same address shows its progress; start this one when it has ended.",
                "channel"
            );
        return Results.Accepted(request.Path, new { sweep.Channel, status = "Pending" });
    }

    // A name before "GetQuarantinedRecord": of two routes that fit, the host takes the function whose name sorts first.
    [Function("FindQuarantineSweep")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/quarantine/{channel}/sweep")] HttpRequest request,
        string channel,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var named = new ChannelId(request.Whole(channel));
        var found =
            await client.GetInstanceAsync(InstanceOf(named), getInputsAndOutputs: true, cancellationToken)
            ?? throw new ProblemException(
                StatusCodes.Status404NotFound,
                "unknown-sweep",
                "Not found",
                $"Channel '{named}' has had no sweep. POST a decision to the same address to start one.",
                "channel"
            );
        var progress = ProgressOf(found);
        return Results.Json(
            new
            {
                channel = named,
                status = found.RuntimeStatus,
                progress.Looked,
                progress.Settled,
                progress.Refused,
                startedAt = found.CreatedAt,
                lastChangeAt = found.LastUpdatedAt,
                failure = found.FailureDetails?.ErrorMessage,
            },
            Answer.Json
        );
    }

    // Before the first page there is none; the backend returns an empty text or null.
    private static SweepProgress ProgressOf(OrchestrationMetadata sweep) =>
        string.IsNullOrEmpty(sweep.SerializedCustomStatus)
            ? SweepProgress.Start
            : sweep.ReadCustomStatusAs<SweepProgress>() ?? SweepProgress.Start;

    private static string InstanceOf(ChannelId channel) => $"sweep-{Uri.EscapeDataString(channel.Value)}";

    private async Task<QuarantineSweep> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var person = request.Caller().Name;
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        try
        {
            if (UnknownField.In(body.Memory, Answer.Json.GetTypeInfo(typeof(SweepRequest))) is { } unknown)
                throw new ProblemException(
                    StatusCodes.Status400BadRequest,
                    "sweep-decision",
                    "Invalid decision",
                    $"{unknown.Field} {unknown.Reason}",
                    unknown.Field
                );
            var asked = JsonSerializer.Deserialize<SweepRequest>(body.Memory.Span, Answer.Json);
            if (
                asked is { Decision: { } decision }
                && asked.Field?.Length is null or <= LongestFilter
                && asked.Reason?.Length is null or <= LongestFilter
            )
                return new QuarantineSweep(
                    new ChannelId(request.Whole((string)request.RouteValues["channel"]!)),
                    decision,
                    asked.Field,
                    asked.Reason,
                    person
                );
        }
        catch (JsonException)
        {
            // The exception below names the expected form.
        }
        throw new ProblemException(
            StatusCodes.Status400BadRequest,
            "sweep-decision",
            "Invalid decision",
            $"Send {{\"decision\": \"Replay\" or \"Discard\", \"field\": \"lines[].description\", \"reason\": \"a part of the reason\"}}; field and reason (at most {LongestFilter} characters each) are optional filters.",
            "decision"
        );
    }

    private sealed record SweepRequest(SweepDecision? Decision, string? Field, string? Reason);
}
