using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Pages.Pricing;
using Stockgate.Platform;
using Stockgate.Platform.Pricing;
using Stockgate.Platform.Pricing.Reverts;
using Stockgate.Platform.Pricing.Writing;
using static Stockgate.Functions.Pricing.PricingRequests;
using static Stockgate.Functions.QueryParameters;

namespace Stockgate.Functions.Pricing;

/// <summary>API of price decisions and their reverts.</summary>
public sealed class PriceDecisions(PriceStore store, PriceReverts reverts)
{
    /// <summary>
    /// Decisions, the newest first: <c>?sku=&amp;category=&amp;since=&amp;until=&amp;outcome=&amp;fate=&amp;after=&amp;most=</c>.
    /// </summary>
    [Function("GetPriceDecisions")]
    [Summary("Lists price decisions, the newest first")]
    [Answers(200)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pricing/decisions")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Results.Json(await store.ListAsync(QueryOf(request), cancellationToken), Answer.Json);

    /// <summary>A decision with its inputs and verdicts, as JSON or, on Accept: text/html, as a page.</summary>
    [Function("GetPriceDecision")]
    [Summary("Shows a price decision with its inputs and verdicts")]
    [Answers(200)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pricing/decisions/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var page = id.EndsWith(".html", StringComparison.Ordinal);
        var found = await store.FindAsync(page ? id[..^".html".Length] : id, cancellationToken);
        if (found is null)
            return Answer.OkOrNotFound(found, "price-decision", id);
        // An input may be NaN, which the default JSON options can't write.
        if (!page && !request.GetTypedHeaders().Accept.Any(static a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)))
            return Results.Json(found, PricingJson.Default.PriceDecisionRecord);
        Answer.AsShown(request, isPage: true);
        var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        PricingPages.DecisionHtml(text, found.Decision, found.Facts, found.Effect);
        return Results.Text(text.ToString(), "text/html; charset=utf-8");
    }

    /// <summary>Reverts a decision: the exact previous price is published again.</summary>
    [Function("RevertPriceDecision")]
    [Summary("Takes a price decision back")]
    [Accepts(typeof(Why))]
    [Answers(202)]
    public async Task<IResult> Revert(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pricing/decisions/{id}/revert")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        var record = await reverts.OneAsync(id, by, await ReasonAsync(request, cancellationToken), cancellationToken);
        return Results.Json(
            new
            {
                decision = record.Id,
                price = record.Decision.Key.ToString(),
                from = record.Decision.To,
                restored = record.Decision.From,
            },
            Answer.Json,
            statusCode: StatusCodes.Status202Accepted
        );
    }

    /// <summary>Reverts all decisions since a time: <c>?since=2026-12-01T09:00:00Z&amp;category=Toys</c>.</summary>
    [Function("RevertPrices")]
    [Summary("Takes all price decisions since a time back")]
    [Accepts(typeof(Why))]
    [Answers(202)]
    public async Task<IResult> RevertSince(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pricing/revert")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        var since =
            Moment(request, "since")
            ?? throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "unfit-query",
                "Invalid request",
                "Give the query parameter since, such as since=2026-12-01T09:00:00Z.",
                "since"
            );
        var revert = await reverts.SinceAsync(
            since,
            Text(request, "category"),
            by,
            await ReasonAsync(request, cancellationToken),
            cancellationToken
        );
        return Results.Accepted($"/api/v1/pricing/reverts/{revert.Id}", new { revert.Id, revert.Prices });
    }

    /// <summary>Progress of a revert: confirmed prices and prices that were not restored.</summary>
    [Function("GetPriceRevert")]
    [Summary("Shows the progress of a revert")]
    [Answers(200)]
    public async Task<IResult> Progress(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pricing/reverts/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => Answer.OkOrNotFound(await reverts.ProgressAsync(id, cancellationToken), "price-revert", id);

    private static PriceDecisionQuery QueryOf(HttpRequest request) =>
        new(
            Text(request, "sku") is { } sku ? Sku.Asked(sku) : null,
            Text(request, "category"),
            Moment(request, "since"),
            Moment(request, "until"),
            Named<PriceOutcome>(request, "outcome"),
            Named<PriceFate>(request, "fate"),
            Text(request, "after"),
            Most(request)
        );
}
