using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing;

namespace Stockgate.Functions.Pricing;

/// <summary>API of the pricing policy: current version, schema, new version.</summary>
public sealed class PricingPolicyVersions(PricingPolicies policies, People people)
{
    [Function("GetPricingPolicy")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/policies/pricing")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Results.Text(await policies.TextAsync(cancellationToken), "application/json");

    [Function("GetPricingPolicySchema")]
    public IResult Schema([HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/policies/pricing/schema")] HttpRequest request) =>
        Results.Text(PricePolicy.SchemaJson, "application/schema+json");

    [Function("PutPricingPolicy")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "v1/policies/pricing")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var by = people.Require(request, People.PolicyOwner);
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var policy = await policies.PutAsync(body.Memory, by, cancellationToken);
        return Results.Json(new { policy.Version }, Answer.Json);
    }
}
