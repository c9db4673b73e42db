using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Durable;

/// <summary>How an orchestrator's parameters get their values.</summary>
internal static class OrchestratorParameters
{
    private static readonly MethodInfo OfInput = typeof(OrchestratorParameters).GetMethod(nameof(Input), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static Bind[]? Bind(Function function, ICollection<string> mistakes)
    {
        var before = mistakes.Count;
        var inputs = 0;
        Bind[] binds = [.. function.Method.GetParameters().Select(p => One(function, p, ref inputs, mistakes))];
        return mistakes.Count == before ? binds : null;
    }

    private static Bind One(Function function, ParameterInfo parameter, ref int inputs, ICollection<string> mistakes)
    {
        var type = parameter.ParameterType;
        if (parameter == function.TriggerParameter)
        {
            if (type != typeof(TaskOrchestrationContext)) mistakes.Add($"{function}: parameter '{parameter.Name}' of type {type.Name} carries [OrchestrationTrigger]; make it a TaskOrchestrationContext");
            return static invocation => new(((OrchestrationInvocation)invocation).Context);
        }
        if (parameter.IsDefined(typeof(DurableClientAttribute)))
        {
            mistakes.Add($"{function}: parameter '{parameter.Name}' has [DurableClient], whose calls no replay could repeat; in an orchestrator use the context, or an activity that has the client");
            return static _ => new((object?)null);
        }
        if (CommonParameters.Bind(parameter) is { } common) return common;
        if (InputTypes.IsUsable(type) && ++inputs == 1) return OfInput.MakeGenericMethod(type).CreateDelegate<Bind>();
        mistakes.Add($"{function}: parameter '{parameter.Name}' of type {type.Name} can't be bound; beside its context an orchestrator takes one parameter of its input's type, FunctionContext and CancellationToken");
        return static _ => new((object?)null);
    }

    private static ValueTask<object?> Input<T>(Invocation invocation) => new(((OrchestrationInvocation)invocation).Context.GetInput<T>());
}
