using System.Text.Json;

namespace Stockgate.Functions.Tests.Http;

/// <summary>
/// On the Functions host the first function by name whose route fits is run; a literal segment has no priority over a parameter. So a
/// route must never stand behind one that takes all its paths.
/// </summary>
public class RouteTests
{
    private sealed record Route(string Function, string[] Methods, string[] Segments);

    private static readonly JsonElement Functions = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "functions.metadata")))
        .RootElement;

    [Fact]
    public void Every_function_is_in_the_metadata()
    {
        var declared = typeof(ProblemMiddleware)
            .Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods())
            .SelectMany(static method => method.GetCustomAttributes(false).OfType<Microsoft.Azure.Functions.Worker.FunctionAttribute>())
            .Select(static function => function.Name);
        Assert.Equal(
            declared.Order(StringComparer.Ordinal),
            Functions.EnumerateArray().Select(static f => f.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void No_route_is_hidden_behind_another()
    {
        var routes = Routes();
        var hidden =
            from first in routes
            from later in routes.SkipWhile(r => r != first).Skip(1)
            where first.Methods.Intersect(later.Methods).Any() && Takes(first, later)
            select $"{later.Function} is never reached: {first.Function} takes its paths";
        Assert.Empty(hidden);
    }

    [Fact]
    public void A_literal_behind_a_parameter_is_found() =>
        Assert.True(Takes(new Route("A", ["get"], ["v1", "orders", "{id}"]), new Route("B", ["get"], ["v1", "orders", "troubles"])));

    private static List<Route> Routes() =>
        [
            .. from function in Functions.EnumerateArray()
            from binding in function.GetProperty("bindings").EnumerateArray()
            where binding.GetProperty("type").GetString() == "httpTrigger"
            let name = function.GetProperty("name").GetString()!
            orderby name.ToUpperInvariant()
            select new Route(
                name,
                [.. binding.GetProperty("methods").EnumerateArray().Select(static m => m.GetString()!)],
                binding.GetProperty("route").GetString()!.Split('/')
            ),
        ];

    [Fact]
    public void What_takes_every_path_comes_last() =>
        Assert.True(Takes(new Route("A", ["get"], ["{*rest}"]), new Route("B", ["get"], ["v1", "orders"])));

    private static bool Takes(Route first, Route later)
    {
        var takesTheRest = first.Segments[^1].StartsWith("{*", StringComparison.Ordinal);
        var fixedSegments = takesTheRest ? first.Segments.Length - 1 : first.Segments.Length;
        if (takesTheRest ? later.Segments.Length < fixedSegments : later.Segments.Length != fixedSegments)
            return false;
        return first
            .Segments.Take(fixedSegments)
            .Zip(later.Segments)
            .All(static pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
