using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes the function an orchestrator; the parameter is its <c>TaskOrchestrationContext</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OrchestrationTriggerAttribute : TriggerBindingAttribute
{
    public OrchestrationTriggerAttribute() { }

    /// <summary>The orchestrator's name; the function's where it is not set.</summary>
    public string? Orchestration { get; set; }
}

/// <summary>Makes the function an activity; the parameter is its input.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : TriggerBindingAttribute
{
    public ActivityTriggerAttribute() { }

    /// <summary>The activity's name; the function's where it is not set.</summary>
    public string? Activity { get; set; }
}

/// <summary>Gives a function of any kind but an orchestrator the <c>DurableTaskClient</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    public DurableClientAttribute() { }

    /// <summary>The task hub's name; the app's own where it is not set.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The setting of the storage connection. Not used here: the hub is a file.</summary>
    public string? ConnectionName { get; set; }
}
