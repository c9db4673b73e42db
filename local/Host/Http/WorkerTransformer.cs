using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Stockgate.Local.Host.Http;

/// <summary>
/// The request as the worker gets it: everything as it came, but the forwarding headers and the invocation id are the host's.
/// </summary>
internal sealed class WorkerTransformer(string invocation) : HttpTransformer
{
    public const string InvocationHeader = "x-ms-invocation-id";

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var (request, headers) = (httpContext.Request, proxyRequest.Headers);
        Set(headers, InvocationHeader, invocation);
        Set(headers, "X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString() ?? "");
        Set(headers, "X-Forwarded-Proto", request.Scheme);
        Set(headers, "X-Forwarded-Host", request.Host.Value ?? "");
    }

    private static void Set(System.Net.Http.Headers.HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }
}
