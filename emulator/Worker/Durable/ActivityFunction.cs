using Microsoft.DurableTask;
using Stockgate.Emulator.DurableTask.Engine;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Durable;

/// <summary>An activity function as the engine runs it.</summary>
internal sealed class ActivityFunction(Function function, Type inputType, InvocationPipeline pipeline, TimeSpan timeout, TimeProvider time, IServiceProvider services) : ITaskActivity
{
    public Type InputType => inputType;

    public Type OutputType => typeof(object);

    public async Task<object?> RunAsync(TaskActivityContext context, object? input)
    {
        // The token ends only when the function's time is up: a shutdown lets the activity finish.
        using var timeUp = new CancellationTokenSource(timeout, time);
        var invocation = new ActivityInvocation(function, services, context, timeUp.Token) { TriggerValue = input };
        // Not counted: the hub waits for its activities itself, and goes on with others until the rest of the app has ended.
        await pipeline.RunAsync(invocation, (context as ActivityContext)?.Trace, counted: false);
        return invocation.Result;
    }
}
