using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Stockgate.Local.Host.Functions;

namespace Stockgate.Local.Host.Durable;

/// <summary>The type that shows the app's durable functions to the extension: a static method each, which calls the worker.</summary>
internal sealed class FunctionTypes(IReadOnlyList<FunctionDefinition> functions) : ITypeLocator
{
    private readonly Type[] types = [Build(functions), typeof(DurableClientFunction)];

    public IReadOnlyList<Type> GetTypes() => types;

    private static Type Build(IReadOnlyList<FunctionDefinition> functions)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("DurableFunctions"), AssemblyBuilderAccess.Run);
        var type = assembly
            .DefineDynamicModule("DurableFunctions")
            .DefineType("DurableFunctions", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        foreach (var function in functions)
            Define(type, function);
        return type.CreateType();
    }

    private static void Define(TypeBuilder type, FunctionDefinition function)
    {
        var activity = function.Trigger!.Is("activityTrigger");
        Type[] parameters = activity
            ? [typeof(string), typeof(string), typeof(CancellationToken)]
            : [typeof(string), typeof(CancellationToken)];
        var method = type.DefineMethod(function.Name, MethodAttributes.Public | MethodAttributes.Static, typeof(Task<object>), parameters);
        method.SetCustomAttribute(Attribute(typeof(FunctionNameAttribute), function.Name));
        method.DefineParameter(1, ParameterAttributes.None, "input").SetCustomAttribute(Attribute(TriggerOf(function)));
        if (activity)
            method.DefineParameter(2, ParameterAttributes.None, "instanceId");
        method.DefineParameter(parameters.Length, ParameterAttributes.None, "cancellationToken");

        var body = method.GetILGenerator();
        body.Emit(OpCodes.Ldstr, function.Name);
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(activity ? OpCodes.Ldarg_1 : OpCodes.Ldnull);
        body.Emit(activity ? OpCodes.Ldarg_2 : OpCodes.Ldarg_1);
        body.Emit(OpCodes.Call, typeof(DurableCalls).GetMethod(nameof(DurableCalls.RunAsync))!);
        body.Emit(OpCodes.Ret);
    }

    private static Type TriggerOf(FunctionDefinition function)
    {
        if (function.Trigger!.Is("orchestrationTrigger"))
            return typeof(OrchestrationTriggerAttribute);
        return function.Trigger.Is("entityTrigger") ? typeof(EntityTriggerAttribute) : typeof(ActivityTriggerAttribute);
    }

    private static CustomAttributeBuilder Attribute(Type type, params object[] arguments) =>
        new(type.GetConstructor([.. arguments.Select(argument => argument.GetType())])!, arguments);
}
