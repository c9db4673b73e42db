using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Emulator.Worker.Http;

/// <summary>Writes what an HTTP function returned.</summary>
internal static class HttpResults
{
    public static Task WriteAsync(HttpContext http, object? result) => result switch
    {
        null => Task.CompletedTask,
        IResult minimal => minimal.ExecuteAsync(http),
        IActionResult action => action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())),
        _ when ResponseProperty(result.GetType()) is { } property => WriteAsync(http, property.GetValue(result)),
        _ => http.Response.WriteAsJsonAsync(result, result.GetType(), http.RequestAborted),
    };

    private static PropertyInfo? ResponseProperty(Type type) => type.GetProperties().FirstOrDefault(p => p.IsDefined(typeof(HttpResultAttribute)));
}
