using System.Globalization;
using Azure;
using Azure.Messaging.ServiceBus;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Stockgate.Platform;

namespace Stockgate.Functions;

/// <summary>
/// Turns every exception of an HTTP function, also while its result is written, into <c>application/problem+json</c>. It does not rethrow:
/// on the Functions host a failed call is an empty 500, or a connection that is cut after the answer was written.
/// </summary>
public sealed class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    private const string RetrySeconds = "5";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }
        try
        {
            await next(context);
            var returned = context.GetInvocationResult();
            if (returned.Value is not IResult result)
                return;
            // Here and not by the worker, outside of this try: a result that fails to write itself is answered as well.
            returned.Value = Results.Empty;
            await result.ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has disconnected.
            http.Abort();
        }
        catch (Exception failure)
        {
            await AnswerAsync(context, http, failure);
        }
    }

    private async Task AnswerAsync(FunctionContext context, HttpContext http, Exception failure)
    {
        if (failure is not ProblemException)
            logger.LogError(failure, "{Function} failed in request {Request}", context.FunctionDefinition.Name, context.InvocationId);
        if (http.Response.HasStarted)
        {
            // A truncated response must not look complete.
            http.Abort();
            return;
        }
        context.GetInvocationResult().Value = Results.Empty;
        http.Response.Clear();
        var problem = failure as ProblemException ?? ProblemOf(failure);
        if (problem.RetryAfter is { } pause)
            http.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        else if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = RetrySeconds;
        foreach (var (name, value) in problem.Headers)
            http.Response.Headers[name] = value;
        try
        {
            await problem.ToResult(context.InvocationId).ExecuteAsync(http);
        }
        catch (Exception lost) when (lost is OperationCanceledException or IOException)
        {
            http.Abort();
        }
    }

    private static ProblemException ProblemOf(Exception failure) =>
        IsTransient(failure)
            ? new ProblemException(
                StatusCodes.Status503ServiceUnavailable,
                "temporarily-unavailable",
                "Temporarily unavailable",
                $"A service that this request needs does not answer. Nothing is lost: repeat the same request in {RetrySeconds} seconds."
            )
            : new ProblemException(
                StatusCodes.Status500InternalServerError,
                "internal-error",
                "Failed",
                "The request failed because of an error in the server. It is safe to repeat it; if it fails again, report the request id."
            );

    private static bool IsTransient(Exception failure) =>
        failure switch
        {
            TimeoutException or HttpRequestException or OperationCanceledException => true,
            RequestFailedException storage => storage.Status is 0 or 408 or 429 or >= 500,
            ServiceBusException bus => bus.IsTransient || bus.Reason == ServiceBusFailureReason.ServiceCommunicationProblem,
            RpcException orchestrations => orchestrations.StatusCode
                is StatusCode.Unavailable
                    or StatusCode.DeadlineExceeded
                    or StatusCode.Cancelled,
            AggregateException several => several.InnerExceptions.All(IsTransient),
            _ => false,
        };
}
