using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain.Pricing;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Http;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing;
using Stockgate.Platform.Pricing.Runs;

namespace Stockgate.Functions.Pricing;

/// <summary>API of pricing runs and simulations: start, progress, reports.</summary>
public sealed class PriceRunRequests(PriceRun run, PriceRuns runs, PriceRunFiles files, PricingPolicies policies)
{
    private const int Shown = 50;

    /// <summary>
    /// Starts a run: a dry run, unless <c>dryRun=false</c> is given. A dry run takes a policy to try out as its body. Role
    /// pricing-lead.
    /// </summary>
    [Function("StartPriceRun")]
    [Summary("Starts a run over prices; without dryRun=false it changes nothing")]
    [Accepts(null, IsOptional = true)]
    [Answers(202, typeof(RunRecord))]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pricing/runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        var dryRun = request.Query["dryRun"].ToString() switch
        {
            "" or "true" => true,
            "false" => false,
            _ => throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "unfit-query",
                "Invalid request",
                "dryRun must be true or false; the default is true.",
                "dryRun"
            ),
        };
        var draft = await DraftAsync(request, cancellationToken);
        if (!dryRun && draft is not null)
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "draft-in-earnest",
                "Invalid request",
                "A policy in the body is allowed in a dry run only. Store it first (PUT /api/v1/policies/pricing), then start a run without a body.",
                "body"
            );
        if (!dryRun && (await policies.CurrentAsync(cancellationToken)).Leash == PricingLeash.Off)
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "pricing-off",
                "Pricing is off",
                "The policy's leash is Off, so no price changes. Store a policy with the leash Ask or Publish, or start a dry run.",
                "leash"
            );
        return Begun(
            await PricingStart.TryAsync(run, runs, client, dryRun ? PriceRuns.DryRun : PriceRuns.Prices, by, draft, cancellationToken)
        );
    }

    /// <summary>Replays the sales history through a policy: the one in the body, or the one that holds. Role pricing-lead.</summary>
    [Function("StartPriceSimulation")]
    [Summary("Replays the sales history through a pricing policy")]
    [Accepts(null, IsOptional = true)]
    [Answers(202, typeof(RunRecord))]
    public async Task<IResult> Simulate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pricing/simulations")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        return Begun(
            await PricingStart.TryAsync(
                run,
                runs,
                client,
                PriceRuns.Simulation,
                by,
                await DraftAsync(request, cancellationToken),
                cancellationToken
            )
        );
    }

    /// <summary>The progress and result of a run.</summary>
    [Function("GetPriceRun")]
    [Summary("Shows the progress and result of a pricing run")]
    [Answers(200, typeof(RunRecord))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pricing/runs/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        await runs.FindAsync(id, cancellationToken) is { } found
            ? Results.Json(found, Answer.Json)
            : throw Missing("Unknown run. GET /api/v1/pricing/runs lists them.");

    /// <summary>The last 50 runs, the newest first.</summary>
    [Function("ListPriceRuns")]
    [Summary("Lists the last 50 pricing runs, the newest first")]
    [Answers(200, typeof(RunRecord[]))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pricing/runs")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Results.Json(await runs.ListAsync(Shown, cancellationToken), Answer.Json);

    /// <summary>What a run says: <c>index.html</c>, and of a run over prices <c>changes.csv</c>. Roles pricing-lead and planner.</summary>
    [Function("GetPriceRunFile")]
    [Summary("Reads a file of a pricing run")]
    [Answers(200, MediaType = "text/html")]
    public async Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pricing/runs/{id}/{file}")] HttpRequest request,
        string id,
        string file,
        CancellationToken cancellationToken
    )
    {
        if (await runs.FindAsync(id, cancellationToken) is null || await files.FindAsync(id, file, cancellationToken) is not { } found)
            throw Missing("The run has no such file, or has not written it yet: GET /api/v1/pricing/runs/{id} shows its progress.");
        Answer.AsShown(request, file == PriceRunFiles.Page);
        return Results.Bytes(found.Content, found.Type);
    }

    private static async Task<ReadOnlyMemory<byte>?> DraftAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or 0)
            return null;
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var reading = PricePolicy.Read(body.Memory.Span);
        return reading.Policy is not null
            ? body.Memory.ToArray()
            : throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "unfit-policy",
                "Invalid request",
                string.Join("; ", reading.Mistakes.Take(20).Select(static m => $"{m.Field} {m.Reason}"))
                    + ". GET /api/v1/policies/pricing/schema describes it.",
                reading.Mistakes[0].Field
            );
    }

    private static IResult Begun(RunRecord? begun) =>
        begun is not null
            ? Results.Accepted($"/api/v1/pricing/runs/{begun.Id}", begun)
            : throw new ProblemException(
                StatusCodes.Status409Conflict,
                "pricing-running",
                "A run is in progress",
                "GET /api/v1/pricing/runs shows its progress; start another when it has ended."
            );

    private static ProblemException Missing(string words) => new(StatusCodes.Status404NotFound, "unknown-run", "Not found", words, "id");
}
