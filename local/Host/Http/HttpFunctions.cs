using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Protocol;
using Stockgate.Local.Host.Workers;
using Yarp.ReverseProxy.Forwarder;

namespace Stockgate.Local.Host.Http;

/// <summary>
/// Runs HTTP functions: the call goes to the worker over gRPC and, at the same time, its request is forwarded to the worker's own
/// server.
/// </summary>
internal sealed class HttpFunctions(
    RouteTable routes,
    FunctionKeys keys,
    WorkerSupervisor workers,
    FunctionInputs inputs,
    IHttpForwarder forwarder,
    ILogger<HttpFunctions> log
)
{
    private static readonly TimeSpan WorkerPatience = TimeSpan.FromSeconds(60);
    private static readonly ForwarderRequestConfig Forwarding = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = TimeSpan.FromHours(24),
    };

    private readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        }
    );

    /// <summary>Answers the request.</summary>
    public async Task RunAsync(HttpContext context)
    {
        try
        {
            // Before the first worker has told its functions no route is known.
            var worker = await workers.ReadyAsync(WorkerPatience);
            if (routes.Match(context.Request, out var values) is not { } route)
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            else if (!keys.Opens(context.Request, route))
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            else
                await InvokeAsync(context, route.Function, values, worker);
        }
        catch (WorkerUnavailableException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task InvokeAsync(HttpContext context, FunctionDefinition function, RouteValueDictionary values, WorkerChannel worker)
    {
        if (worker.HttpUri is null)
        {
            log.LogError("{Function}: the worker has no HTTP endpoint; the app needs ConfigureFunctionsWebApplication()", function.Name);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }
        var id = Guid.NewGuid().ToString();
        var request = new InvocationRequest
        {
            InvocationId = id,
            FunctionId = function.Id,
            TraceContext = Trace(context.Request),
            InputData =
            {
                new ParameterBinding
                {
                    Name = function.Trigger!.Name,
                    Data = new TypedData { Http = new RpcHttp() },
                },
            },
        };
        BindingData.Fill(request, context.Request, values);
        if (function.DurableClients.Count > 0)
            await inputs.AddClientsAsync(function, request, context.RequestAborted);
        var invocation = worker.Begin(function, request);
        await using var disconnected = context.RequestAborted.UnsafeRegister(
            static state =>
            {
                var (worker, invocation) = ((WorkerChannel, Invocation))state!;
                worker.Cancel(invocation);
            },
            (worker, invocation)
        );
        var forwarded = await forwarder.SendAsync(context, worker.HttpUri, client, Forwarding, new WorkerTransformer(id));
        // The worker would wait for a request that does not come.
        if (forwarded != ForwarderError.None)
            worker.Cancel(invocation);
        await FinishAsync(context, invocation, forwarded);
    }

    // The worker's own answer counts only when the invocation succeeded, which is told over gRPC.
    private async Task FinishAsync(HttpContext context, Invocation invocation, ForwarderError forwarded)
    {
        try
        {
            await invocation.ResultAsync();
            if (forwarded == ForwarderError.None)
                return;
            log.LogDebug("{Function}: the response could not be passed on ({Error})", invocation.Function, forwarded);
        }
        catch (FunctionFailedException failed)
        {
            // The worker has logged it, with its stack.
            log.LogDebug("{Function} failed: {Error}", invocation.Function, failed.Headline);
        }
        catch (Exception fault) when (fault is FunctionTimeoutException or WorkerProcessExitException)
        {
            log.LogError("{Error}", fault.Message);
        }
        Fail(context);
    }

    private static void Fail(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    private static RpcTraceContext Trace(HttpRequest request)
    {
        var trace = new RpcTraceContext();
        if (request.Headers.TraceParent is [{ } parent, ..])
            trace.TraceParent = parent;
        if (request.Headers.TraceState is [{ } state, ..])
            trace.TraceState = state;
        return trace;
    }
}
