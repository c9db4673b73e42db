using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Emulator.Worker.Durable;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>Parameters that every kind of function may have.</summary>
internal static class CommonParameters
{
    public static Bind? Bind(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(FunctionContext) ? static invocation => new(invocation) :
        parameter.ParameterType == typeof(CancellationToken) ? static invocation => new(invocation.CancellationToken) :
        parameter.IsDefined(typeof(DurableClientAttribute)) ? DurableClientParameter.Value :
        null;
}
