using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform;

namespace Stockgate.Local.Tests.App;

/// <summary>Every way to fail that the product's middleware has to answer.</summary>
public static class ProblemFunctions
{
    [Function("ProblemBefore")]
    public static IResult Before([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problems/before")] HttpRequest request) =>
        throw new InvalidOperationException("a secret that is nobody's business");

    [Function("ProblemTransient")]
    public static IResult Transient([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problems/transient")] HttpRequest request) =>
        throw new TimeoutException("away");

    [Function("ProblemRefused")]
    public static IResult Refused([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problems/refused")] HttpRequest request) =>
        throw new ProblemException(409, "not-now", "Not now", "Try tomorrow.", "day");

    [Function("ProblemWhile")]
    public static IResult While([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problems/while")] HttpRequest request) =>
        new FailingResult();

    [Function("ProblemAfter")]
    public static async Task After([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problems/after")] HttpRequest request)
    {
        await request.HttpContext.Response.WriteAsync("the first half, ");
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("the second half is missing");
    }

    [Function("ProblemBinding")]
    public static IResult Binding(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problems/binding/{number}")] HttpRequest request,
        int number
    ) => Results.Ok(number);

    [Function("ProblemCancelled")]
    public static async Task<IResult> Cancelled(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problems/cancelled")] HttpRequest request
    )
    {
        await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        return Results.Ok();
    }

    private sealed class FailingResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new NotSupportedException("it can't be written");
    }
}
