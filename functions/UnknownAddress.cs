using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Functions.Api;
using Stockgate.Platform;

namespace Stockgate.Functions;

/// <summary>Answers requests that no other function matches, because the host's own 404 is empty.</summary>
public static class UnknownAddress
{
    // The host takes the first function by name whose route fits: this one comes last, which RouteTests holds.
    [Function("UnknownAddress")]
    [Summary("Answers 404 to what nothing else matches")]
    [Answers(404)]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*rest}")]
            HttpRequest request
    ) =>
        throw new ProblemException(
            StatusCodes.Status404NotFound,
            "unknown-address",
            "Unknown address",
            $"No endpoint answers {request.Method} {request.PathBase}{request.Path}. Check the path and the method."
        );
}
