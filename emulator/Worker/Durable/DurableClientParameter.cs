using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Hosting;

namespace Stockgate.Emulator.Worker.Durable;

/// <summary>The parameter that carries <see cref="DurableClientAttribute"/>.</summary>
internal static class DurableClientParameter
{
    public static ValueTask<object?> Value(Invocation invocation) => new(invocation.InstanceServices.GetRequiredService<DurableHub>().Client);

    /// <returns>Whether the function has one.</returns>
    public static bool Check(Function function, string hubName, IConfiguration configuration, ICollection<string> mistakes)
    {
        var any = false;
        foreach (var parameter in function.Method.GetParameters())
        {
            if (parameter.GetCustomAttribute<DurableClientAttribute>() is not { } client) continue;
            any = true;
            if (parameter.ParameterType != typeof(DurableTaskClient))
                mistakes.Add($"{function}: parameter '{parameter.Name}' of type {parameter.ParameterType.Name} carries [DurableClient]; make it a DurableTaskClient");
            if (client.TaskHub is { Length: > 0 } named && SettingNames.Resolve(named, configuration) is var hub && !hub.Equals(hubName, StringComparison.OrdinalIgnoreCase))
                mistakes.Add($"{function}: parameter '{parameter.Name}' asks for the task hub '{hub}'; this runtime opens the app's own alone, '{hubName}'. Leave TaskHub out, or set extensions.durableTask.hubName in host.json");
        }
        return any;
    }
}
