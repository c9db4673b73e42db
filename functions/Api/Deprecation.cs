using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Stockgate.Platform.Http;

namespace Stockgate.Functions.Api;

/// <summary>Says of an HTTP function that callers should use another one, since when, and until when it answers.</summary>
/// <param name="since">A day, such as <c>2027-01-31</c>, from its beginning in UTC.</param>
/// <param name="sunset">The day from which on it may be gone.</param>
/// <param name="link">The page that says what to use instead.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DeprecatedAttribute(string since, string sunset, string link) : Attribute
{
    /// <summary>The headers that say so: RFC 9745 (Deprecation) and RFC 8594 (Sunset).</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; } =
    [
        ("Deprecation", string.Create(CultureInfo.InvariantCulture, $"@{Day(since).ToUnixTimeSeconds()}")),
        ("Sunset", Day(sunset).ToString("R", CultureInfo.InvariantCulture)),
        ("Link", $"<{link}>; rel=\"deprecation\"; type=\"text/html\""),
    ];

    private static DateTimeOffset Day(string text) =>
        new(DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>Sends the headers of deprecated functions, with problems too.</summary>
public sealed class DeprecationHeaders : IFunctionsWorkerMiddleware
{
    private static readonly FrozenDictionary<string, DeprecatedAttribute> Deprecated = ApiOperation
        .All.Where(static o => o.Deprecated is not null)
        .ToFrozenDictionary(static o => o.Name, static o => o.Deprecated!);

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http && Deprecated.GetValueOrDefault(context.FunctionDefinition.Name) is { } deprecated)
            Tell(http.Response, deprecated);
        return next(context);
    }

    internal static void Tell(HttpResponse response, DeprecatedAttribute deprecated)
    {
        foreach (var (name, value) in deprecated.Headers)
            response.AddAtStart(name, value);
    }
}
