using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Orders.Accuracy;

namespace Stockgate.Functions.Orders.Accuracy;

/// <summary>API of order troubles and the perfect-order rate.</summary>
public sealed class OrderAccuracyReports(OrderTroubleList troubles, OrderQuality quality)
{
    private const int MostTroubles = 500,
        TroublesShown = 100,
        MostDays = 400;

    // A name before "GetOrder": of two routes that fit, the host takes the function whose name sorts first.
    /// <summary>Open troubles by rank; <c>?top=</c> from 1 to 500, default 100.</summary>
    [Function("FindOrderTroubles")]
    [Summary("Lists orders in trouble by rank")]
    [Answers(200)]
    public async Task<IResult> Troubles(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/orders/troubles")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var top = TroublesShown;
        if (
            request.Query["top"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out top) || top is < 1 or > MostTroubles)
        )
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "top",
                "Invalid number of troubles",
                $"'top' must be a whole number from 1 to {MostTroubles}.",
                "top"
            );
        return Results.Json(await troubles.OpenAsync(top, cancellationToken), Answer.Json);
    }

    /// <summary>The perfect-order rate of the orders that were complete between two days, both included, in UTC.</summary>
    [Function("GetPerfectOrderRate")]
    [Summary("Shows the perfect-order rate of a range of days")]
    [Answers(200)]
    public async Task<IResult> Rate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/kpis/perfect-order")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (from, to) = (Day(request, "from"), Day(request, "to"));
        if (from > to || to.DayNumber - from.DayNumber >= MostDays)
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "date-range",
                "Invalid range of days",
                $"'from' must not be after 'to', and the range has at most {MostDays} days.",
                "from"
            );
        var rate = await quality.RateAsync(from, to, cancellationToken);
        return Results.Json(
            new
            {
                from,
                to,
                rate.Orders,
                rate.Perfect,
                rate.Share,
                rate.Index,
                rate.Complete,
                rate.OnTime,
                rate.Undamaged,
                rate.RightDocuments,
            },
            Answer.Json
        );
    }

    private static DateOnly Day(HttpRequest request, string name) =>
        DateOnly.TryParseExact(request.Query[name].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "date",
                "Not a day",
                $"'{name}' must be a day such as 2026-11-01.",
                name
            );
}
