using System.Net;
using Microsoft.AspNetCore.Http;
using Stockgate.Emulator.Worker.Http;

namespace Stockgate.Emulator.Worker.Durable.Management;

/// <summary>Lets callers of this machine who have the key through to the management endpoints.</summary>
/// <remarks>Stands before all of them, so that no path, method or id can be told apart without the key.</remarks>
internal sealed class ManagementGuard(FunctionKeys keys, RequestDelegate next)
{
    public const string Path = "/runtime/webhooks/durabletask";

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Path)) return next(http);
        if (!IsLocal(http.Connection.RemoteIpAddress))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        // Inputs and outputs are in the answers.
        http.Response.Headers.CacheControl = "no-store";
        return keys.AllowsDurableManagement(http.Request)
            ? next(http)
            : ManagementProblem.Unauthorized().ExecuteAsync(http);
    }

    private static bool IsLocal(IPAddress? caller) => caller is not null && IPAddress.IsLoopback(caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller);
}
