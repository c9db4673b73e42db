using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Stockgate.Domain.Events;
using Stockgate.Platform;
using Stockgate.Platform.Storage;

namespace Stockgate.Functions;

/// <summary>
/// Blocks functions until the tables exist. The app starts without storage: until storage is available a request is answered 503 and other
/// triggers wait.
/// </summary>
public sealed class StorageGate(StoragePreparation storage) : IFunctionsWorkerMiddleware
{
    // Shorter than a message's lock; a timer fires again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!storage.IsDone && !IsOrchestrator(context) && !IsHealth(context))
        {
            if (context.GetHttpContext() is not null)
                throw new ProblemException(
                    StatusCodes.Status503ServiceUnavailable,
                    "storage-unavailable",
                    "Temporarily unavailable",
                    "Storage does not answer, so nothing can be accepted or read. Repeat the same request in a few seconds."
                );
            await storage.Done.WaitAsync(Patience, context.CancellationToken);
        }
        await next(context);
    }

    // They say that storage is missing, so they must not wait for it.
    private static bool IsHealth(FunctionContext context) => context.FunctionDefinition.Name is "GetLiveness" or "GetReadiness";

    // Waits for nothing but its own tasks, and touches no table.
    private static bool IsOrchestrator(FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.Any(static binding => binding.Type == "orchestrationTrigger");
}
