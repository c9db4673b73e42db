using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Stockgate.Platform.Approvals.Links;

namespace Stockgate.Functions;

/// <summary>
/// Sets the caller's address on the connection, where ASP.NET Core expects it. The worker's own peer is always the Functions host, which
/// overwrites <c>X-Forwarded-For</c> with the address that it saw. Behind another proxy (Azure's front end) that is the proxy's: there the
/// setting <c>Approvals__ClientAddressHeader</c> names the header that counts, and its value as the proxy sent it stands among the binding
/// data.
/// </summary>
public sealed class ClientAddress(LinkSettings settings) : IFunctionsWorkerMiddleware
{
    private const string ForwardedFor = "X-Forwarded-For",
        CallersHeaders = "Headers";

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            if (IPAddress.TryParse(http.Request.Headers[ForwardedFor].LastOrDefault()?.Split(',')[^1].Trim(), out var seen))
                http.Connection.RemoteIpAddress = seen;
            if (settings.ClientAddressHeader is { } header && AsSent(context, header) is { } sent)
                http.Request.Headers[header] = sent;
        }
        return next(context);
    }

    private static string? AsSent(FunctionContext context, string header)
    {
        if (context.BindingContext.BindingData.GetValueOrDefault(CallersHeaders) is not string text)
            return null;
        try
        {
            return JsonSerializer
                .Deserialize<Dictionary<string, JsonElement>>(text)
                ?.Where(h => string.Equals(h.Key, header, StringComparison.OrdinalIgnoreCase))
                .Select(static h => h.Value.ToString())
                .FirstOrDefault();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
