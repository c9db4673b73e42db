using System.Text;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Http;

namespace Stockgate.Local.Host;

/// <summary>The functions with their URLs, as developers know them from Core Tools.</summary>
internal static class StartTable
{
    public static void Write(IReadOnlyList<FunctionDefinition> functions, RouteTable routes, int port)
    {
        var table = new StringBuilder("\nFunctions:\n\n");
        foreach (var route in routes.Routes)
            table.Append($"        {route.Function.Name}: [{route.Methods}] http://127.0.0.1:{port}/{route.Template}\n\n");
        foreach (var function in functions.Where(function => function.Runs && !function.Trigger!.Is("httpTrigger")))
            table.Append($"        {function.Name}: {function.Trigger!.Type}\n\n");
        foreach (var function in functions.Where(function => function.Disabled))
            table.Append($"        {function.Name}: disabled\n\n");
        Console.Write(table);
    }
}
