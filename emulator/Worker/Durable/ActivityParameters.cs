using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Durable;

/// <summary>How an activity's parameters get their values.</summary>
internal static class ActivityParameters
{
    public static Bind[]? Bind(Function function, ICollection<string> mistakes)
    {
        var before = mistakes.Count;
        Bind[] binds = [.. function.Method.GetParameters().Select(p => One(function, p, mistakes))];
        return mistakes.Count == before ? binds : null;
    }

    /// <summary>What the input is read as. A function whose trigger parameter is a context takes none.</summary>
    public static Type InputType(Function function) => IsContext(function.TriggerParameter.ParameterType) ? typeof(object) : function.TriggerParameter.ParameterType;

    private static Bind One(Function function, ParameterInfo parameter, ICollection<string> mistakes)
    {
        var type = parameter.ParameterType;
        if (type == typeof(TaskActivityContext)) return static invocation => new(((ActivityInvocation)invocation).Context);
        if (parameter == function.TriggerParameter && !IsContext(type))
        {
            if (!InputTypes.IsUsable(type))
                mistakes.Add($"{function}: parameter '{parameter.Name}' of type {type.Name} can't be an activity's input; take plain data, or TaskActivityContext for no input");
            return static invocation => new(invocation.TriggerValue);
        }
        if (CommonParameters.Bind(parameter) is { } common) return common;
        if (type == typeof(string) && string.Equals(parameter.Name, "instanceId", StringComparison.OrdinalIgnoreCase))
            return static invocation => new(((ActivityInvocation)invocation).Context.InstanceId);
        mistakes.Add($"{function}: parameter '{parameter.Name}' of type {type.Name} can't be bound; beside its input an activity takes TaskActivityContext, string instanceId, " +
                     "[DurableClient] DurableTaskClient, FunctionContext and CancellationToken");
        return static _ => new((object?)null);
    }

    private static bool IsContext(Type type) => type == typeof(TaskActivityContext) || type == typeof(FunctionContext);
}
