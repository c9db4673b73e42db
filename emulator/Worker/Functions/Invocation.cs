using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>One invocation: the context that the function and the middleware see. Parts that few functions look at are made when they are asked for.</summary>
internal class Invocation(Function function, IServiceProvider services, CancellationToken cancellationToken) : FunctionContext
{
    private string? id;
    private IDictionary<object, object>? items;
    private InvocationFeatures? features;

    public Function Function => function;

    public override string InvocationId => id ??= Guid.NewGuid().ToString();

    public override string FunctionId => function.Definition.Id;

    public override TraceContext TraceContext => new CurrentTrace(Activity.Current?.Id, Activity.Current?.TraceStateString);

    public override BindingContext BindingContext => Trigger;

    public override RetryContext RetryContext => Try;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => function.Definition;

    public override IDictionary<object, object> Items
    {
        get => items ??= new Dictionary<object, object>();
        set => items = value;
    }

    public override IInvocationFeatures Features => features ??= new InvocationFeatures();

    public override CancellationToken CancellationToken => cancellationToken;

    /// <summary>Named data of the trigger.</summary>
    public TriggerData Trigger { get; init; } = TriggerData.None;

    public Try Try { get; init; } = Try.First;

    /// <summary>What the trigger binds to the parameter that carries its attribute.</summary>
    public object? TriggerValue { get; init; }

    /// <summary>What the function returned, once it has.</summary>
    public object? Result { get; set; }
}
