using Microsoft.DurableTask;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Durable;

/// <summary>An orchestrator's invocation: it lasts as long as the orchestration stays in memory, and begins anew with every replay.</summary>
internal sealed class OrchestrationInvocation(Function function, IServiceProvider services, TaskOrchestrationContext context) : Invocation(function, services, CancellationToken.None)
{
    public TaskOrchestrationContext Context => context;

    public override Microsoft.Azure.Functions.Worker.BindingContext BindingContext => new TriggerData(new Dictionary<string, object?> { ["instanceId"] = context.InstanceId });
}

/// <summary>An activity's invocation.</summary>
internal sealed class ActivityInvocation(Function function, IServiceProvider services, TaskActivityContext context, CancellationToken cancellationToken) : Invocation(function, services, cancellationToken)
{
    public TaskActivityContext Context => context;

    public override Microsoft.Azure.Functions.Worker.BindingContext BindingContext => new TriggerData(new Dictionary<string, object?> { ["instanceId"] = context.InstanceId });
}
