using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Ingest;
using Stockgate.Functions.Api;
using Stockgate.Platform.Ingest.Quarantine;

namespace Stockgate.Functions.Ingest;

/// <summary>API of what is in quarantine: lists and totals.</summary>
public sealed class QuarantineLists(QuarantineList quarantine)
{
    private enum Order
    {
        Newest,
        Oldest,
        Exposure,
    }

    [Function("ListQuarantine")]
    [Summary("Lists quarantined records by channel, reason, state, time and what is at stake")]
    [Answers(200)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/quarantine")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var filter = new QuarantineFilter(
            OwnChannel.InQuery(request),
            QueryParameters.Text(request, "state"),
            QueryParameters.Named<QuarantineReason>(request, "code"),
            QueryParameters.Moment(request, "from"),
            QueryParameters.Moment(request, "to")
        )
        {
            AtStake = AtStakeIn(request),
        };
        if (QueryParameters.Named<Order>(request, "sort") is not { } order)
        {
            var (page, next) = await Paging.PageAsync(
                request,
                after => quarantine.PageAsync(filter, Paging.Size, after, cancellationToken)
            );
            return Results.Json(new { records = page, after = next }, Answer.Json);
        }
        var (records, whole) = await quarantine.FirstAsync(filter, ComparisonOf(order), Paging.Size, cancellationToken);
        return Results.Json(new { records, whole }, Answer.Json);
    }

    [Function("SummarizeQuarantine")]
    [Summary("Sums up what waits in quarantine, by channel and reason")]
    [Answers(200)]
    public async Task<IResult> Summarize(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/quarantine/summary")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (totals, whole) = await quarantine.TotalsAsync(OwnChannel.InQuery(request), cancellationToken);
        return Results.Json(new { totals, whole }, Answer.Json);
    }

    private static ExposureFilter AtStakeIn(HttpRequest request)
    {
        var asked = new ExposureFilter(
            QueryParameters.Amount(request, "minUnits"),
            QueryParameters.Amount(request, "minMoney"),
            QueryParameters.Currency(request, "currency")
        );
        return asked.Mistake() is { } mistake ? throw QueryParameters.Unfit(mistake.Field, mistake.Reason) : asked;
    }

    private static Comparison<QuarantinedRecord> ComparisonOf(Order order) =>
        order switch
        {
            Order.Oldest => static (a, b) => a.ReceivedAt.CompareTo(b.ReceivedAt),
            Order.Newest => static (a, b) => b.ReceivedAt.CompareTo(a.ReceivedAt),
            // Money first, whatever the currency (whoever compares names one); among equals the units, then the one that waits longest.
            _ => static (a, b) =>
                (b.Exposure.Money?.Amount ?? 0, b.Exposure.Units ?? 0, a.ReceivedAt).CompareTo(
                    (a.Exposure.Money?.Amount ?? 0, a.Exposure.Units ?? 0, b.ReceivedAt)
                ),
        };
}
