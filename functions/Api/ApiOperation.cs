using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Functions.Access;

namespace Stockgate.Functions.Api;

/// <summary>An HTTP function as the API's description shows it.</summary>
/// <param name="Name">Of the function.</param>
/// <param name="Path">From the root, such as <c>/api/v1/orders/{id}</c>.</param>
/// <param name="Methods">In lower case.</param>
internal sealed record ApiOperation(
    string Name,
    string Path,
    IReadOnlyList<string> Methods,
    RouteRule Rule,
    string? Summary,
    AcceptsAttribute? Accepts,
    IReadOnlyList<AnswersAttribute> Answers,
    DeprecatedAttribute? Deprecated = null
)
{
    /// <summary>All of them, by path. What answers every other address is none.</summary>
    public static readonly IReadOnlyList<ApiOperation> All =
    [
        .. from type in typeof(ApiOperation).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger?.Route is not null && !trigger.Route.Contains('*', StringComparison.Ordinal)
        orderby trigger.Route, function.Name
        select new ApiOperation(
            function.Name,
            $"/api/{trigger.Route}",
            trigger.Methods ?? [],
            RouteRoles.Table[function.Name],
            method.GetCustomAttribute<SummaryAttribute>()?.Text,
            method.GetCustomAttribute<AcceptsAttribute>(),
            [.. method.GetCustomAttributes<AnswersAttribute>()],
            method.GetCustomAttribute<DeprecatedAttribute>()
        ),
    ];

    /// <summary>The names of the path's parameters.</summary>
    public IEnumerable<string> Parameters => Path.Split('/').Where(static s => s.StartsWith('{')).Select(static s => s.Trim('{', '}'));

    /// <summary>The flow that it belongs to: the first word behind the version.</summary>
    public string Tag => Path.Split('/', StringSplitOptions.RemoveEmptyEntries).First(static s => s is not ("api" or "v1"));
}
