using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>Parameters that every kind of function may have.</summary>
internal static class CommonParameters
{
    public static Bind? Bind(Type type) =>
        type == typeof(FunctionContext) ? static invocation => new(invocation) :
        type == typeof(CancellationToken) ? static invocation => new(invocation.CancellationToken) :
        null;
}
