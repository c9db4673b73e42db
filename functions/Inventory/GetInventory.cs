using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Inventory;

namespace Stockgate.Functions.Inventory;

/// <summary>Stock and daily sales of a SKU.</summary>
public sealed class GetInventory(InventoryReader inventory, TimeProvider time)
{
    private const int DefaultDays = 28,
        MostDays = 400;

    [Function("GetInventory")]
    [Summary("Shows the stock of a SKU at each location, with ages and sources")]
    [Answers(200, typeof(InventoryView))]
    public async Task<IResult> Stock(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/inventory/{sku}")] HttpRequest request,
        string sku,
        CancellationToken cancellationToken
    ) => Answer.OkOrNotFound(await inventory.FindAsync(Sku.Asked(request.Whole(sku)), cancellationToken), "sku", request.Whole(sku));

    [Function("GetDailySales")]
    [Summary("Shows the daily sales of a SKU")]
    [Answers(200, typeof(LocationSales[]))]
    public async Task<IResult> Sales(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/inventory/{sku}/sales")] HttpRequest request,
        string sku,
        CancellationToken cancellationToken
    )
    {
        var to = Day(request, "to") ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var from = Day(request, "from") ?? to.AddDays(1 - DefaultDays);
        if (from > to || to.DayNumber - from.DayNumber >= MostDays)
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "date-range",
                "Invalid range of days",
                $"'from' must not be after 'to', and the range has at most {MostDays} days.",
                "from"
            );
        return Results.Json(await inventory.SalesAsync(Sku.Asked(request.Whole(sku)), from, to, cancellationToken), Answer.Json);
    }

    private static DateOnly? Day(HttpRequest request, string name)
    {
        if (request.Query[name].ToString() is not { Length: > 0 } text)
            return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "date",
                "Not a day",
                $"'{name}' must be a day such as 2026-03-01.",
                name
            );
    }
}
