using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Pricing;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform.Http;
using Stockgate.Platform.Pricing;

namespace Stockgate.Functions.Pricing;

/// <summary>API of the pricing policy: current version, schema, new version.</summary>
public sealed class PricingPolicyVersions(PricingPolicies policies)
{
    [Function("GetPricingPolicy")]
    [Summary("Shows the pricing policy that holds")]
    [Answers(200)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/policies/pricing")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Results.Text(await policies.TextAsync(cancellationToken), "application/json");

    [Function("GetPricingPolicySchema")]
    [Summary("Shows the JSON Schema of the pricing policy")]
    [Answers(200, MediaType = "application/schema+json")]
    public IResult Schema([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/policies/pricing/schema")] HttpRequest request) =>
        Results.Text(PricePolicy.SchemaJson, "application/schema+json");

    [Function("PutPricingPolicy")]
    [Summary("Stores a new version of the pricing policy")]
    [Accepts(null)]
    [Answers(200)]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/policies/pricing")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var policy = await policies.PutAsync(body.Memory, by, cancellationToken);
        return Results.Json(new { policy.Version }, Answer.Json);
    }
}
