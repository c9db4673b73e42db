using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Stockgate.Local.Host.Http;

namespace Stockgate.Local.Host.Durable;

/// <summary>/runtime/webhooks/durabletask: the extension's own management API behind its key.</summary>
internal sealed class ManagementEndpoint(FunctionKeys keys, DurableHost durable)
{
    public const string Path = "/runtime/webhooks/durabletask";

    public async Task RunAsync(HttpContext context)
    {
        context.Response.StatusCode = keys.Management(context.Request);
        if (context.Response.StatusCode != StatusCodes.Status200OK)
            return;
        if (durable.Management is not { } management)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        using var request = Request(context.Request);
        using var response = await management.ConvertAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content?.Headers.AsEnumerable() ?? []))
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                context.Response.Headers[name] = values.ToArray();
        if (response.Content is not null)
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static HttpRequestMessage Request(HttpRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.GetEncodedUrl());
        message.Content = new StreamContent(request.Body);
        foreach (var (name, values) in request.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, values.ToArray()))
                message.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        return message;
    }
}
