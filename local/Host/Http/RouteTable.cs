using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stockgate.Local.Host.Functions;

namespace Stockgate.Local.Host.Http;

/// <summary>The routes by function name; the first that matches is taken, as in the real host. A literal has no priority.</summary>
internal sealed class RouteTable(string prefix, IInlineConstraintResolver resolver)
{
    private HttpRoute[] routes = [];

    public IReadOnlyList<HttpRoute> Routes => routes;

    public void Fill(IEnumerable<FunctionDefinition> functions)
    {
        var made = new List<HttpRoute>();
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var function in functions.Where(function => function.Runs && function.Trigger!.Is("httpTrigger")))
        {
            try
            {
                var route = new HttpRoute(function, prefix, resolver);
                if (taken.TryAdd(route.Shape, function.Name))
                    made.Add(route);
                else
                    function.Fault = $"its route '{route.Template}' is already taken by {taken[route.Shape]}";
            }
            catch (Exception wrong) when (wrong is ArgumentException or RouteCreationException or InvalidOperationException)
            {
                function.Fault = $"its route is wrong: {wrong.Message}";
            }
        }
        routes = [.. made];
    }

    public HttpRoute? Match(HttpRequest request, out RouteValueDictionary values)
    {
        values = [];
        foreach (var route in routes)
        {
            if (route.Matches(request, values))
                return route;
            if (values.Count > 0)
                values.Clear();
        }
        return null;
    }
}
