using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Stockgate.Platform;

namespace Stockgate.Functions;

/// <summary>Answers a refused request as problem+json.</summary>
public sealed class ProblemMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ProblemException problem) when (context.GetHttpContext() is { Response.HasStarted: false } http)
        {
            await problem.ToResult().ExecuteAsync(http);
        }
    }
}
