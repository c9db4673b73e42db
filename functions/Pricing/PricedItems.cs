using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform.Pricing.Commands;
using Stockgate.Platform.Pricing.Publishing;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;
using static Stockgate.Functions.Pricing.PricingRequests;
using static Stockgate.Functions.QueryParameters;

namespace Stockgate.Functions.Pricing;

/// <summary>API of an item's prices in all markets, and of resuming stopped ones.</summary>
public sealed class PricedItems(PriceStore store, PriceDesk desk, PriceQueue queue)
{
    /// <summary>The prices of an item: published, pending, and the last evaluation with its reasons.</summary>
    [Function("GetItemPrices")]
    [Summary("Shows the prices of an item in all markets")]
    [Answers(200)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pricing/items/{sku}")] HttpRequest request,
        string sku,
        CancellationToken cancellationToken
    )
    {
        sku = request.Whole(sku);
        var prices = await store.OfAsync(Sku.Asked(sku), cancellationToken);
        return Answer.OkOrNotFound(
            prices.Count == 0 ? null : new { sku, prices = prices.Select(static p => new { price = p.State, lastLook = p.Look }) },
            "price",
            sku
        );
    }

    /// <summary>Resumes a stopped item.</summary>
    [Function("ResumeItemPrices")]
    [Summary("Resumes a stopped item")]
    [Accepts(typeof(Why))]
    [Answers(202)]
    public async Task<IResult> Resume(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pricing/items/{sku}/resume")] HttpRequest request,
        string sku,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        sku = request.Whole(sku);
        await queue.ResumeAsync(Sku.Asked(sku), by, await ReasonAsync(request, cancellationToken), cancellationToken);
        return Results.Accepted($"/api/v1/pricing/items/{Uri.EscapeDataString(sku)}", new { sku });
    }

    /// <summary>Decides an item's prices now; with <c>?dryRun=true</c> it says what would be decided and changes nothing.</summary>
    [Function("DecideItemPrices")]
    [Summary("Decides an item's prices now; with dryRun=true it says what would be decided")]
    [Answers(202)]
    public async Task<IResult> Decide(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pricing/items/{sku}/decide")] HttpRequest request,
        string sku,
        CancellationToken cancellationToken
    )
    {
        sku = request.Whole(sku);
        await CommandBody.RequireNoFieldsAsync(request, cancellationToken);
        if (string.Equals(Text(request, "dryRun"), "true", StringComparison.OrdinalIgnoreCase))
            return Results.Json(new { sku, decisions = await desk.TryAsync(Sku.Asked(sku), cancellationToken) }, Answer.Json);
        var by = request.Caller().Name;
        await queue.LookAsync([Sku.Asked(sku)], $"requested by {by}", cancellationToken);
        return Results.Accepted($"/api/v1/pricing/items/{Uri.EscapeDataString(sku)}", new { sku });
    }

    /// <summary>Resumes a category that the circuit breaker stopped.</summary>
    [Function("ResumeCategoryPrices")]
    [Summary("Resumes a category that the circuit breaker stopped")]
    [Accepts(typeof(Why))]
    [Answers(200)]
    public async Task<IResult> ResumeCategory(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pricing/categories/{category}/resume")] HttpRequest request,
        string category,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        category = request.Whole(category) is var named && named == PriceTroubles.NoCategory ? string.Empty : named;
        return Results.Json(
            new
            {
                category,
                stoppedBecause = await desk.ResumeCategoryAsync(
                    category,
                    by,
                    await ReasonAsync(request, cancellationToken),
                    cancellationToken
                ),
            },
            Answer.Json
        );
    }
}
