using Microsoft.AspNetCore.Http;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Http;

/// <summary>An invocation started by a request. The request's own service scope serves the function too.</summary>
internal sealed class HttpInvocation(Function function, HttpContext http) : Invocation(function, http.RequestServices, http.RequestAborted)
{
    public HttpContext HttpContext => http;

    public override Microsoft.Azure.Functions.Worker.BindingContext BindingContext => new TriggerData(http.Request.RouteValues);
}
