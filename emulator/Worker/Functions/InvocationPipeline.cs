using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>The middleware around every invocation, the function at its end, one activity per invocation.</summary>
internal sealed class InvocationPipeline
{
    /// <summary>Name of the source to subscribe to for traces; the same as the real worker's.</summary>
    public const string SourceName = "Microsoft.Azure.Functions.Worker";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly FunctionExecutionDelegate run;
    private readonly InFlight inFlight;

    public InvocationPipeline(IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware, InFlight inFlight)
    {
        this.inFlight = inFlight;
        run = middleware.Reverse().Aggregate((FunctionExecutionDelegate)(context => ((Invocation)context).Function.ExecuteAsync((Invocation)context)), (next, part) => part(next));
    }

    /// <param name="parent">The trace context that came with the trigger; null to continue the current one.</param>
    /// <param name="counted">Whether a shutdown waits for it here.</param>
    public async Task RunAsync(Invocation invocation, string? parent = null, bool counted = true)
    {
        using var running = counted ? inFlight.Enter() : default;
        using var activity = parent is null
            ? Source.StartActivity(invocation.Function.Name)
            : Source.StartActivity(invocation.Function.Name, ActivityKind.Consumer, parent);
        activity?.SetTag("faas.name", invocation.Function.Name).SetTag("faas.invocation_id", invocation.InvocationId);
        try
        {
            await run(invocation);
        }
        catch (Exception fault)
        {
            activity?.SetStatus(ActivityStatusCode.Error, fault.Message);
            throw;
        }
    }

    /// <summary>Runs an orchestrator's invocation: one that may wait for days, be dropped while it waits, and replay what was traced before.</summary>
    public Task ReplayAsync(Invocation invocation) => run(invocation);
}
