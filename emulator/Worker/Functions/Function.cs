using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>Gives a parameter its value for one invocation; asynchronous where it must read the request's body.</summary>
internal delegate ValueTask<object?> Bind(Invocation invocation);

/// <summary>A discovered function: its trigger, and how to bind and call its method.</summary>
internal sealed class Function(string name, MethodInfo method, ParameterInfo triggerParameter, TriggerBindingAttribute trigger)
{
    private readonly MethodCall call = MethodCall.Compile(method);
    private Bind[] binds = [];

    public string Name => name;

    public MethodInfo Method => method;

    public TriggerBindingAttribute Trigger => trigger;

    public ParameterInfo TriggerParameter => triggerParameter;

    public RetryAttribute? Retry { get; } = method.GetCustomAttribute<RetryAttribute>();

    public FunctionDefinition Definition { get; } = new DiscoveredDefinition(
        name, method, triggerParameter.Name!, char.ToLowerInvariant(trigger.GetType().Name[0]) + trigger.GetType().Name[1..].Replace("Attribute", string.Empty));

    /// <summary>Set once at start, before the first invocation.</summary>
    public void BindParameters(Bind[] parameters) => binds = parameters;

    /// <summary>Binds the parameters, makes the class, calls the method and puts what it returned on the invocation.</summary>
    public async Task ExecuteAsync(Invocation invocation)
    {
        var arguments = binds.Length == 0 ? [] : new object?[binds.Length];
        for (var i = 0; i < binds.Length; i++)
        {
            var bound = binds[i](invocation);
            arguments[i] = bound.IsCompletedSuccessfully ? bound.Result : await bound;
        }
        invocation.Result = await call.InvokeAsync(invocation.InstanceServices, arguments);
    }

    public override string ToString() => $"function '{name}' ({method.DeclaringType!.Name}.{method.Name})";
}
