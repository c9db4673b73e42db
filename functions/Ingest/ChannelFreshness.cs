using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Ingest.Freshness;
using Stockgate.Functions.Api;
using Stockgate.Platform.Ingest.Freshness;

namespace Stockgate.Functions.Ingest;

/// <summary>How fresh the channels are: API, watch, and nightly tidying.</summary>
public sealed class ChannelFreshness(FreshnessReader freshness)
{
    [Function("GetFreshness")]
    [Summary("Shows for each channel and kind of event how late it is, and whether it posts as often as expected")]
    [Answers(200, typeof(SourceFreshness[]))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/freshness")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Results.Json(await freshness.ReadAsync(cancellationToken), Answer.Json);

    [Function("WatchFreshness")]
    public Task Watch([TimerTrigger("40 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
        freshness.WatchAsync(cancellationToken);

    [Function("TidyFreshness")]
    public Task Tidy([TimerTrigger("0 50 2 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        freshness.TidyAsync(cancellationToken);
}
