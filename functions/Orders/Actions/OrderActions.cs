using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform.Http;
using Stockgate.Platform.Http.Idempotency;
using Stockgate.Platform.Orders;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Functions.Orders.Actions;

/// <summary>API of order actions: request a cancellation, a refund or a change, and read its state.</summary>
public sealed class OrderActions(OrderActionDesk desk, OrderActionStore store, OrderNames names)
{
    /// <summary>Accepts a request; with <c>?dryRun=true</c> returns the review and stores nothing.</summary>
    [Function("PostOrderAction")]
    [Summary("Asks for a cancellation, refund or change of an order")]
    [Accepts(typeof(OrderActionRequest))]
    [Answers(202)]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/orders/{id}/actions")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var by = new Requester(request.Caller().Name, request.Caller().IsAgent);
        var order = await names.ResolveAsync(request.Whole(id), cancellationToken);
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (request.Query["dryRun"] == "true")
            return Results.Json(await desk.PreviewAsync(order, body.Memory, by, cancellationToken), Answer.Json);
        var key = IdempotencyKey.In(request);
        var record = await desk.SubmitAsync(order, body.Memory, key, by, cancellationToken);
        // After a crash before this line AdoptOrderActions starts the orchestration.
        if (!record.Closed)
            await OrderActionOwner.EnsureAsync(client, new OrderActionKey(order, record.Id), cancellationToken);
        return Results.Accepted(
            $"/api/v1/orders/{Uri.EscapeDataString(order.Value)}/actions/{record.Id}",
            new { id = record.Id, record.State }
        );
    }

    [Function("ListOrderActions")]
    [Summary("Lists the actions on an order")]
    [Answers(200, typeof(OrderActionRecord[]))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/orders/{id}/actions")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        Results.Json(await store.ListAsync(await names.ResolveAsync(request.Whole(id), cancellationToken), cancellationToken), Answer.Json);

    [Function("GetOrderAction")]
    [Summary("Shows an action on an order")]
    [Answers(200, typeof(OrderActionRecord))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/orders/{id}/actions/{action}")] HttpRequest request,
        string id,
        string action,
        CancellationToken cancellationToken
    ) => Results.Json(await FindAsync(request.Whole(id), new ActionId(request.Whole(action)), cancellationToken), Answer.Json);

    // A URL issued before the number was shared stays valid: the action identifies its order.
    private async Task<OrderActionRecord> FindAsync(string order, ActionId action, CancellationToken cancellationToken) =>
        await store.FindAsync(new OrderActionKey(new OrderId(order), action), cancellationToken)
        ?? await desk.FindAsync(new OrderActionKey(await names.ResolveAsync(order, cancellationToken), action), cancellationToken);
}
