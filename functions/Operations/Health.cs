using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Operations;

/// <summary>Whether the app runs, and whether it can work: for load balancers and monitors, without a key.</summary>
public sealed class Health(Readiness readiness, StoragePreparation storage)
{
    [Function("GetLiveness")]
    [Summary("Answers as long as the process runs")]
    [Answers(200)]
    public IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        Results.Json(new { status = "live" }, Answer.Json);

    /// <summary>503 where tables, blobs or the queue do not answer: no request can be carried out then.</summary>
    [Function("GetReadiness")]
    [Summary("Says whether storage and the queue answer, each by its name")]
    [Answers(200)]
    public async Task<IResult> Ready(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var dependencies = await readiness.ReadAsync(cancellationToken);
        var ready = storage.IsDone && dependencies.All(static d => d.Answers);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new
            {
                status = ready ? "ready" : "not ready",
                prepared = storage.IsDone,
                dependencies,
            },
            Answer.Json,
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }
}
