using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Functions.Api;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Functions.Ingest;

/// <summary>
/// Applies one decision to many quarantined records: starts a sweep of a channel and shows its progress. A channel has one sweep at a time.
/// </summary>
public sealed class QuarantineSweeps(QuarantineList quarantine)
{
    [Function("StartQuarantineSweep")]
    [Summary("Applies one decision to a channel's quarantined records; with dryRun=true it says which these are")]
    [Accepts(typeof(SweepRequest))]
    [Answers(200, typeof(SweepPreview))]
    [Answers(202)]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/quarantine/{channel}/sweep")] HttpRequest request,
        string channel,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var sweep = await SweepRequest.ReadAsync(request, cancellationToken);
        if (QueryParameters.Flag(request, "dryRun") == true)
            return Results.Json(await quarantine.PreviewAsync(sweep, cancellationToken), Answer.Json);
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
                $"A sweep of channel '{sweep.Channel}' is in progress. GET on the same address shows how far it is; "
                    + "start this one when it has ended.",
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
}
