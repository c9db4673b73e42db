using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Local.Host.Durable;
using Stockgate.Local.Host.Http;

namespace Stockgate.Local.Host;

/// <summary>Decides which component answers a request: the host itself, the Durable extension, or a function.</summary>
internal sealed class FrontDoor(IServiceProvider services)
{
    private readonly HttpFunctions functions = services.GetRequiredService<HttpFunctions>();
    private readonly AdminEndpoints admin = services.GetRequiredService<AdminEndpoints>();
    private readonly ManagementEndpoint management = services.GetRequiredService<ManagementEndpoint>();

    public Task RunAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase))
            return admin.RunAsync(context);
        if (path.StartsWithSegments(ManagementEndpoint.Path, StringComparison.OrdinalIgnoreCase))
            return management.RunAsync(context);
        if (path.Value is "/" or "")
            return context.Response.WriteAsync("Your Functions host is up and running.");
        return functions.RunAsync(context);
    }
}
