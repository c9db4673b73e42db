using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Replays;

namespace Stockgate.Functions.Ingest;

/// <summary>API of replays: takes a part of the archive of deliveries in again, through today's mapping.</summary>
public sealed class Replays(ReplayJournal journal, TimeProvider time)
{
    private const string Form =
            """{"channel":"webshop","from":"2026-12-01T00:00:00Z","to":"2026-12-02T00:00:00Z","order":"1001","sku":"MUG-1","dryRun":true}; all but from may be left out""",
        Prefix = "replay-";

    private static readonly string[] Steps = ["pause", "resume", "stop"];

    /// <summary>What is to be taken in again.</summary>
    public sealed record ReplayRequest(string? Channel, DateTimeOffset? From, DateTimeOffset? To, string? Order, string? Sku, bool? DryRun);

    /// <summary>A replay and how far it is.</summary>
    public sealed record ReplayView(
        string Id,
        string Status,
        ReplayPlan Plan,
        int Percent,
        ReplayCounts Counts,
        DateTimeOffset LastChangeAt,
        string? Failure
    );

    [Function("StartReplay")]
    [Summary("Takes archived deliveries in again, through today's mapping")]
    [Accepts(typeof(ReplayRequest))]
    [Answers(202)]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/replays")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var asked = await CommandBody.ReadAsync<ReplayRequest>(request, Form, cancellationToken);
        var plan = PlanOf(asked, request.Caller().Name);
        var id = Guid.CreateVersion7(plan.StartedAt).ToString("N");
        await journal.NoteAsync(id, plan, plan.DryRun ? "dry run started" : "started", plan.By, cancellationToken);
        var input = new ReplayInput(plan, null, new ReplayProgress(new ReplayCounts(), 0, 0));
        await OrchestrationOwner.TryStartAsync(client, nameof(RunReplay), Prefix + id, input, cancellationToken);
        return Results.Accepted(
            $"/api/v1/replays/{id}",
            new
            {
                id,
                status = "Pending",
                plan,
            }
        );
    }

    [Function("GetReplay")]
    [Summary("Shows a replay and its progress")]
    [Answers(200, typeof(ReplayView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/replays/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) => Results.Json(ViewOf(await FindAsync(client, request.Whole(id), cancellationToken)), Answer.Json);

    [Function("ListReplays")]
    [Summary("Lists the replays, the newest first")]
    [Answers(200, typeof(ReplayView[]))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/replays")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var views = new List<ReplayView>();
        var query = new OrchestrationQuery { InstanceIdPrefix = Prefix, FetchInputsAndOutputs = true };
        await foreach (var found in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
            views.Add(ViewOf(found));
        return Results.Json(views.OrderByDescending(static v => v.Id, StringComparer.Ordinal).Take(Paging.Size), Answer.Json);
    }

    [Function("SteerReplay")]
    [Summary("Pauses, resumes or stops a replay")]
    [Answers(202)]
    public async Task<IResult> Steer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/replays/{id}/{step}")] HttpRequest request,
        string id,
        string step,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        await CommandBody.RequireNoFieldsAsync(request, cancellationToken);
        if (!Steps.Contains(step))
            throw UnknownStep();
        var found = await FindAsync(client, request.Whole(id), cancellationToken);
        if (found.IsCompleted)
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "replay-ended",
                "It has ended",
                "The replay has ended. GET on its address shows what it did."
            );
        var by = request.Caller().Name;
        await journal.NoteAsync(request.Whole(id), found.ReadInputAs<ReplayInput>()!.Plan, $"{step} asked", by, cancellationToken);
        await SteerAsync(client, found.InstanceId, step, by, cancellationToken);
        return Results.Accepted($"/api/v1/replays/{request.Whole(id)}", new { id = request.Whole(id), step });
    }

    private static Task SteerAsync(
        DurableTaskClient client,
        string instance,
        string step,
        string by,
        CancellationToken cancellationToken
    ) =>
        step switch
        {
            "pause" => client.SuspendInstanceAsync(instance, $"by {by}", cancellationToken),
            "resume" => client.ResumeInstanceAsync(instance, $"by {by}", cancellationToken),
            _ => client.TerminateInstanceAsync(instance, $"stopped by {by}", cancellationToken),
        };

    private static ProblemException UnknownStep() =>
        new(
            StatusCodes.Status404NotFound,
            "unknown-step",
            "Not found",
            $"A replay takes {string.Join(", ", Steps)}: POST one of them behind its address.",
            "step"
        );

    private ReplayPlan PlanOf(ReplayRequest asked, string by)
    {
        var now = time.GetUtcNow();
        if (asked.From is not { } from)
            throw CommandBody.Unfit("from", Form);
        var to = asked.To is { } until && until < now ? until : now;
        if (from >= to)
            throw CommandBody.Unfit("to", Form);
        return new ReplayPlan(
            asked.Channel is { Length: > 0 } channel ? new ChannelId(channel) : null,
            from,
            to,
            asked.Order,
            asked.Sku,
            asked.DryRun ?? false,
            by,
            now
        );
    }

    private static async Task<OrchestrationMetadata> FindAsync(DurableTaskClient client, string id, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(Prefix + id, getInputsAndOutputs: true, cancellationToken)
        ?? throw new ProblemException(
            StatusCodes.Status404NotFound,
            "unknown-replay",
            "Not found",
            $"There is no replay '{Clip.To(id, 100)}'. GET /api/v1/replays lists them.",
            "id"
        );

    private static ReplayView ViewOf(OrchestrationMetadata found)
    {
        var plan = found.ReadInputAs<ReplayInput>()!;
        var progress = string.IsNullOrEmpty(found.SerializedCustomStatus)
            ? plan.SoFar
            : found.ReadCustomStatusAs<ReplayProgress>() ?? plan.SoFar;
        return new ReplayView(
            found.InstanceId[Prefix.Length..],
            found.RuntimeStatus.ToString(),
            plan.Plan,
            PercentOf(found, progress),
            progress.Counts,
            found.LastUpdatedAt,
            found.FailureDetails?.ErrorMessage
        );
    }

    // What was written to the archive since it began counts as read and was not planned.
    private static int PercentOf(OrchestrationMetadata found, ReplayProgress progress)
    {
        if (found.RuntimeStatus == OrchestrationRuntimeStatus.Completed)
            return 100;
        return progress.BytesAll == 0 ? 0 : (int)Math.Min(99, progress.BytesRead * 100 / progress.BytesAll);
    }
}
