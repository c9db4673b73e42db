using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform.Http;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Functions.Orders.Actions;

/// <summary>API of the order-action policy: current version, schema, new version.</summary>
public sealed class OrderActionPolicyVersions(OrderActionPolicies policies)
{
    [Function("GetOrderActionPolicy")]
    [Summary("Shows the order-action policy that holds")]
    [Answers(200)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/policies/order-actions")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Results.Text(await policies.TextAsync(cancellationToken), "application/json");

    [Function("GetOrderActionPolicySchema")]
    [Summary("Shows the JSON Schema of the order-action policy")]
    [Answers(200, MediaType = "application/schema+json")]
    public IResult Schema(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/policies/order-actions/schema")] HttpRequest request
    ) => Results.Text(OrderActionPolicy.SchemaJson, "application/schema+json");

    [Function("PutOrderActionPolicy")]
    [Summary("Stores a new version of the order-action policy")]
    [Accepts(null)]
    [Answers(200)]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/policies/order-actions")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var policy = await policies.PutAsync(body.Memory, by, cancellationToken);
        return Results.Json(new { policy.Version }, Answer.Json);
    }
}
