using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Functions.Ingest;

/// <summary>
/// Applies one decision to many quarantined records: starts a sweep of a channel and shows its progress. A channel has one sweep at a time.
/// </summary>
public sealed class QuarantineSweeps
{
    private const int LongestFilter = 200;

    [Function("StartQuarantineSweep")]
    [Summary("Applies one decision to a channel's quarantined records")]
    [Accepts(typeof(SweepRequest))]
    [Answers(202)]
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
    [Summary("Shows the progress of a sweep")]
    [Answers(200)]
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

    private static async Task<QuarantineSweep> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var asked = JsonBody.Read(
            body.Memory,
            (JsonTypeInfo<SweepRequest>)Answer.Json.GetTypeInfo(typeof(SweepRequest)),
            static mistake => Unfit(mistake.Field, $"{mistake.Field} {mistake.Reason}. ")
        );
        if (asked.Field?.Length > LongestFilter || asked.Reason?.Length > LongestFilter)
            throw Unfit(asked.Field?.Length > LongestFilter ? "field" : "reason", "");
        return new QuarantineSweep(
            new ChannelId(request.Whole((string)request.RouteValues["channel"]!)),
            asked.Decision ?? throw Unfit("decision", ""),
            asked.Field,
            asked.Reason,
            request.Caller().Name,
            asked.Decision == SweepDecision.Discard ? QuarantineNote.Required(asked.Note) : null,
            asked.Code,
            asked.From,
            asked.To
        );
    }

    private static ProblemException Unfit(string field, string mistake) =>
        new(
            StatusCodes.Status400BadRequest,
            "sweep-decision",
            "Invalid decision",
            mistake
                + $"Send {{\"decision\": \"Replay\" or \"Discard\", \"field\": \"lines[].description\", \"reason\": \"a part of the reason\"}}; field, reason (at most {LongestFilter} characters each), code, from and to are optional filters; a discard needs a note.",
            field
        );

    private sealed record SweepRequest(
        SweepDecision? Decision,
        string? Field,
        string? Reason,
        string? Note,
        QuarantineReason? Code,
        DateTimeOffset? From,
        DateTimeOffset? To
    );
}
