using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Stockgate.Platform;
using Stockgate.Platform.Storage;

namespace Stockgate.Functions;

/// <summary>
/// Keeps functions from running before the tables are there. The app starts without storage; a request is answered 503 until then,
/// anything else waits a moment.
/// </summary>
public sealed class StorageGate(StoragePreparation storage) : IFunctionsWorkerMiddleware
{
    // A message's lock outlasts this; a timer comes again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!storage.IsDone && !IsOrchestrator(context))
        {
            if (context.GetHttpContext() is not null)
                throw new ProblemException(
                    StatusCodes.Status503ServiceUnavailable,
                    "storage-unavailable",
                    "Not available now",
                    "Storage is out of reach, so nothing can be taken in or looked up. Send the same request again in a few seconds."
                );
            await storage.Done.WaitAsync(Patience, context.CancellationToken);
        }
        await next(context);
    }

    // Waits for nothing but its own tasks, and touches no table.
    private static bool IsOrchestrator(FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.Any(static binding => binding.Type == "orchestrationTrigger");
}
