using Microsoft.DurableTask;
using Stockgate.Emulator.DurableTask.Engine;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Durable;

/// <summary>An orchestrator function as the engine runs it.</summary>
internal sealed class OrchestratorFunction(Function function, InvocationPipeline pipeline, IServiceProvider services) : ITaskOrchestrator, IReadsOwnInput
{
    public Type InputType => typeof(object);

    public Type OutputType => typeof(object);

    public async Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
    {
        var invocation = new OrchestrationInvocation(function, services, context);
        // Stays on the turn's context, as everything does that the pipeline awaits.
        await pipeline.ReplayAsync(invocation);
        return invocation.Result;
    }
}
