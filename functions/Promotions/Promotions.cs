using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Http;
using Stockgate.Platform.Http.Idempotency;
using Stockgate.Platform.Promotions.Requests;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.Functions.Promotions;

/// <summary>API to post promotions and read their state.</summary>
public sealed class Promotions(PromotionDesk desk, PromotionView view, SettlementReports reports)
{
    [Function("PostPromotion")]
    [Summary("Posts a promotion")]
    [Accepts(typeof(PromotionRequest))]
    [Answers(201)]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/promotions")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        var key = IdempotencyKey.In(request);
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var record = await desk.SubmitAsync(body.Memory, key, by, cancellationToken);
        // After a crash before this line AdoptPromotions starts the orchestration.
        await PromotionOwner.EnsureAsync(client, record, cancellationToken);
        return Results.Created(
            $"/api/v1/promotions/{record.Id}",
            new
            {
                id = record.Id,
                record.State,
                terms = record.Terms,
            }
        );
    }

    [Function("ListPromotions")]
    [Summary("Lists promotions; with all=true also those that are over")]
    [Answers(200, typeof(PromotionSummary[]))]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/promotions")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        Paging.LinkedAsync(
            request,
            async after =>
                request.Query["all"] == "true"
                    ? await view.PageAsync(Paging.Size, after, cancellationToken)
                    : Paging.PageOf(await view.ListOpenAsync(cancellationToken), static p => $"{p.Start.UtcTicks:D19} {p.Id}", after)
        );

    [Function("GetPromotion")]
    [Summary("Shows a promotion: state, gates, channels, who has to do what")]
    [Answers(200, typeof(PromotionDetails))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/promotions/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        Results.Json(
            await view.ReadAsync(await desk.FindAsync(new PromotionId(request.Whole(id)), cancellationToken), cancellationToken),
            Answer.Json
        );

    [Function("ExplainPromotion")]
    [Summary("Explains the state of a promotion in sentences")]
    [Answers(200, typeof(PromotionExplanation))]
    public async Task<IResult> Explain(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/promotions/{id}/explain")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        Results.Json(
            await view.ExplainAsync(await desk.FindAsync(new PromotionId(request.Whole(id)), cancellationToken), cancellationToken),
            Answer.Json
        );

    /// <summary>
    /// The settlement as a page, or with <c>?format=csv</c> or <c>json</c> as a file. Until every supplier has paid it is brought up to
    /// date.
    /// </summary>
    [Function("GetSettlement")]
    [Summary("Shows the settlement of a promotion")]
    [Answers(200, MediaType = "text/html")]
    public async Task<IResult> Settlement(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/promotions/{id}/settlement")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var files = SettlementReports.FilesOf(new PromotionId(request.Whole(id)));
        var (name, type) = request.Query["format"].ToString() switch
        {
            "csv" => (files.Csv, "text/csv; charset=utf-8"),
            "json" => (files.Json, "application/json"),
            _ => (files.Html, "text/html; charset=utf-8"),
        };
        var content =
            await reports.ReadAsync(name, cancellationToken)
            ?? throw new ProblemException(
                StatusCodes.Status404NotFound,
                "no-settlement",
                "Not settled",
                "The promotion has no settlement: it was never live, or it has not ended yet.",
                "id"
            );
        // What merchandisers wrote stands in the page: it is shown, and nothing in it runs or is fetched.
        request.HttpContext.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return Results.Bytes(content, type);
    }
}
