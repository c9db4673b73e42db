using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Promotions;

/// <summary>Post a promotion, and see where it stands and what it waits for.</summary>
public sealed class Promotions(PromotionDesk desk, PromotionView view, People people)
{
    private const int LongestKey = 256;

    [Function("PostPromotion")]
    public async Task<IResult> Post([HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/promotions")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var by = people.Require(request, People.Merchandiser);
        var key = request.Headers["Idempotency-Key"].ToString() is { Length: > 0 and <= LongestKey } given ? given : null;
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var record = await desk.SubmitAsync(body.Memory, key, by, cancellationToken);
        // A crash before this line leaves a promotion without its orchestration until AdoptPromotions finds it.
        await PromotionOwner.EnsureAsync(client, record, cancellationToken);
        return Results.Created($"/api/v1/promotions/{record.Id}", new { id = record.Id, record.State, terms = record.Terms });
    }

    [Function("ListPromotions")]
    public async Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/promotions")] HttpRequest request, CancellationToken cancellationToken) =>
        Results.Json(await view.ListAsync(onlyOpen: request.Query["all"] != "true", cancellationToken), Answer.Json);

    [Function("GetPromotion")]
    public async Task<IResult> Get([HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/promotions/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Results.Json(await view.ReadAsync(await desk.FindAsync(new PromotionId(request.Whole(id)), cancellationToken), cancellationToken), Answer.Json);

    [Function("ExplainPromotion")]
    public async Task<IResult> Explain([HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/promotions/{id}/explain")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Results.Json(await view.ExplainAsync(await desk.FindAsync(new PromotionId(request.Whole(id)), cancellationToken), cancellationToken), Answer.Json);
}
