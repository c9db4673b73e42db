using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Stockgate.Domain.Forecasting.Campaigns;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Forecasting.Advice;

namespace Stockgate.Functions.Forecasting;

/// <summary>
/// Feed for campaign systems: items that are safe to advertise per region, and the reasons against the others. Items outside <c>safe</c>
/// may not be advertised.
/// </summary>
public sealed class CampaignFeeds(ForecastReports reports, TimeProvider time)
{
    [Function("GetCampaignFeed")]
    [Summary("Says which items campaigns may advertise")]
    [Answers(200)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/campaigns/feed")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (
            await reports.InForceAsync(cancellationToken) is not { } pointer
            || await reports.ReadAsync(pointer, CampaignFile.Name, cancellationToken) is not { } found
        )
            throw new ProblemException(
                StatusCodes.Status404NotFound,
                "no-feed",
                "Not found",
                "No forecast has been published yet, so no item may be advertised. POST /api/v1/forecasts/runs starts a run."
            );
        var (feed, now) = (CampaignFile.Read(found.Content.Span), time.GetUtcNow());
        var isGood = now < feed.GoodUntil;
        // A weak ETag: the age in the body changes while the safe items do not.
        var tag = new EntityTagHeaderValue($"\"{feed.Run}{(isGood ? "" : "-old")}\"", isWeak: true);
        var headers = request.HttpContext.Response.Headers;
        (headers.CacheControl, headers.XContentTypeOptions) = ("private, no-cache", "nosniff");
        if (Answer.IsKnown(request, tag))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var safe = feed.Items.Where(i => isGood && i.Safety == CampaignSafety.Safe).ToList();
        return Results.Json(
            new
            {
                feed.Run,
                feed.Day,
                feed.MadeAt,
                ageSeconds = Math.Round((now - feed.MadeAt).TotalSeconds),
                feed.GoodUntil,
                words = isGood
                    ? $"{safe.Count} of {feed.Items.Count + feed.LeftOut} items and regions may be advertised."
                    : $"No item may be advertised: the feed is {(now - feed.MadeAt).TotalHours:0.#} h old. The next run renews it.",
                feed.LeftOut,
                safe = safe.Select(static i => new
                {
                    i.Sku,
                    i.Region,
                    i.CoverDays,
                    i.Reasons,
                }),
                notSafe = feed
                    .Items.Where(i => !isGood || i.Safety != CampaignSafety.Safe)
                    .Select(i => new
                    {
                        i.Sku,
                        i.Region,
                        safety = isGood ? i.Safety : CampaignSafety.Unknown,
                        i.CoverDays,
                        i.Reasons,
                    }),
            },
            Answer.Json
        );
    }
}
