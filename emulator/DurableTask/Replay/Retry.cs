using Microsoft.DurableTask;

namespace Stockgate.Emulator.DurableTask.Replay;

/// <summary>Calls again as a policy or a handler says. Pauses are durable timers, so a retry outlives the process.</summary>
internal static class Retry
{
    /// <summary>Failures that another try can't mend: the function doesn't exist.</summary>
    public const string UnknownActivity = "ActivityTaskNotFound", UnknownOrchestrator = "OrchestratorTaskNotFound";

    public static Task<T> RunAsync<T>(OrchestrationContext context, TaskRetryOptions? options, Func<Task<T>> call) => options switch
    {
        null => call(),
        { Policy: { } policy } => ByPolicyAsync(context, policy, call),
        { Handler: { } handler } => ByHandlerAsync(context, handler, call),
        _ => call(),
    };

    private static async Task<T> ByPolicyAsync<T>(OrchestrationContext context, RetryPolicy policy, Func<Task<T>> call)
    {
        var first = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan pause;
            try
            {
                return await call();
            }
            catch (TaskFailedException failure) when (!IsFinal(failure))
            {
                if (policy.NextDelay(attempt, context.CurrentUtcDateTime - first) is not { } next || !await policy.Allows(failure)) throw;
                pause = next;
            }
            await context.CreateTimer(pause, CancellationToken.None);
        }
    }

    private static async Task<T> ByHandlerAsync<T>(OrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        var first = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failure) when (!IsFinal(failure))
            {
                var retry = new RetryContext(context, attempt, failure.FailureDetails, context.CurrentUtcDateTime - first, CancellationToken.None);
                if (!await handler(retry)) throw;
            }
        }
    }

    private static bool IsFinal(TaskFailedException failure) => failure.FailureDetails.ErrorType is UnknownActivity or UnknownOrchestrator;
}
