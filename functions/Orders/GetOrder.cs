using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Functions.Api;
using Stockgate.Platform.Orders;

namespace Stockgate.Functions.Orders;

/// <summary>API of one order: status, money and events by source.</summary>
public sealed class GetOrder(OrderReader orders)
{
    [Function("GetOrder")]
    [Summary("Shows an order: status, money and events by source")]
    [Answers(200, typeof(OrderView))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/orders/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => Answer.OkOrNotFound(await orders.FindAsync(request.Whole(id), cancellationToken), "order", request.Whole(id));
}
