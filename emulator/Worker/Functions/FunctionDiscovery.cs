using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>Finds the <c>[Function]</c> methods and says what is wrong with those that can't run.</summary>
internal static class FunctionDiscovery
{
    public static IReadOnlyList<Function> Find(FunctionSource source, ICollection<string> mistakes)
    {
        var functions = new List<Function>();
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (method, name) in Methods(source))
        {
            var where = $"function '{name}' ({method.DeclaringType!.Name}.{method.Name})";
            if (!names.TryAdd(name, $"{method.DeclaringType!.Name}.{method.Name}")) mistakes.Add($"{where}: {names[name]} has the same name; function names are unique, ignoring case");
            else if (Check(method) is { } mistake) mistakes.Add($"{where}: {mistake}");
            else
            {
                var parameter = method.GetParameters().Single(p => p.IsDefined(typeof(TriggerBindingAttribute)));
                try
                {
                    functions.Add(new Function(name, method, parameter, parameter.GetCustomAttribute<TriggerBindingAttribute>()!));
                }
                catch (InvalidOperationException unmade)
                {
                    mistakes.Add($"{where}: its class can't be made: {unmade.Message}");
                }
            }
        }
        return functions;
    }

    private static IEnumerable<(MethodInfo Method, string Name)> Methods(FunctionSource source) =>
        from type in source.Types ?? source.Assembly.GetTypes()
        where type is { IsClass: true } && !type.IsDefined(typeof(CompilerGeneratedAttribute))
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        orderby function.Name
        select (method, function.Name);

    private static string? Check(MethodInfo method)
    {
        var triggers = method.GetParameters().Count(p => p.IsDefined(typeof(TriggerBindingAttribute)));
        var type = method.DeclaringType!;
        return
            string.IsNullOrWhiteSpace(method.GetCustomAttribute<FunctionAttribute>()!.Name) ? "the name is empty" :
            !method.IsPublic ? "the method must be public" :
            method.ContainsGenericParameters || type.ContainsGenericParameters ? "the method and its class must not be generic" :
            type.IsAbstract && !method.IsStatic ? "its class is abstract and can't be made" :
            triggers == 0 ? "no parameter has a trigger attribute such as [HttpTrigger], [TimerTrigger], [ServiceBusTrigger], [OrchestrationTrigger] or [ActivityTrigger]" :
            triggers > 1 ? $"{triggers} parameters have a trigger attribute; a function has one" :
            method.GetParameters().FirstOrDefault(p => p.ParameterType.IsByRef) is { } byRef ? $"parameter '{byRef.Name}' is ref, in or out; parameters are passed by value" :
            method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)) ? "an async method must return Task: with void its end and its failure are lost" :
            null;
    }
}
