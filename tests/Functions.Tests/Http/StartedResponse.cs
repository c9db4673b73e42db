using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stockgate.Functions.Tests.Http;

/// <summary>A response that runs what is to happen at its start, as a server's does.</summary>
internal sealed class StartedResponse : HttpResponseFeature
{
    private readonly List<Func<Task>> starting = [];

    public override void OnStarting(Func<object, Task> callback, object state) => starting.Add(() => callback(state));

    public static DefaultHttpContext NewContext()
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseFeature>(new StartedResponse());
        return http;
    }

    /// <summary>The headers of an answer that begins now.</summary>
    public static async Task<IHeaderDictionary> HeadersAsync(HttpContext http)
    {
        var response = (StartedResponse)http.Features.GetRequiredFeature<IHttpResponseFeature>();
        foreach (var callback in response.starting)
            await callback();
        return http.Response.Headers;
    }
}
