using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Functions.Api;
using Stockgate.Platform.Catalog;

namespace Stockgate.Functions.Catalog;

/// <summary>One product: its data, prices, competitors' prices, what suppliers confirmed.</summary>
public sealed class GetProduct(CatalogReader catalog)
{
    [Function("GetProduct")]
    [Summary("Shows a product with its prices, competitors and confirmed supplies")]
    [Answers(200)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/products/{sku}")] HttpRequest request,
        string sku,
        CancellationToken cancellationToken
    ) => Answer.OkOrNotFound(await catalog.FindAsync(Sku.Asked(request.Whole(sku)), cancellationToken), "product", request.Whole(sku));
}
