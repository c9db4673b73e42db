using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform.Orders;

namespace Stockgate.Functions.Orders;

/// <summary>API of one order: status, money and events by source.</summary>
public sealed class GetOrder(OrderReader orders)
{
    [Function("GetOrder")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/orders/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => Answer.OkOrNotFound(await orders.FindAsync(request.Whole(id), cancellationToken), "order", request.Whole(id));
}
