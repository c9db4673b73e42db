using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Protocol;
using Stockgate.Local.Host.Timers;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host.Http;

/// <summary>The endpoints of the host itself: its state, its functions, and functions run by hand.</summary>
internal sealed class AdminEndpoints(
    FunctionKeys keys,
    FunctionCatalog catalog,
    RouteTable routes,
    WorkerSupervisor workers,
    FunctionInputs inputs,
    TimerListeners timers,
    ILogger<AdminEndpoints> log
)
{
    public async Task RunAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var path = request.Path.Value!.TrimEnd('/');
        if (path.Equals("/admin/host/ping", StringComparison.OrdinalIgnoreCase))
            return;
        response.StatusCode = keys.Admin(request);
        if (response.StatusCode == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (response.StatusCode != StatusCodes.Status200OK)
            return;
        switch (path.ToLowerInvariant())
        {
            case "/admin/host/status" when HttpMethods.IsGet(request.Method):
                await response.WriteAsJsonAsync(Status());
                break;
            case "/admin/functions" when HttpMethods.IsGet(request.Method):
                await response.WriteAsJsonAsync(new JsonArray([.. catalog.Functions.Select(Describe)]));
                break;
            case var function when function.StartsWith("/admin/functions/", StringComparison.Ordinal):
                await OneAsync(context, path["/admin/functions/".Length..]);
                break;
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private JsonObject Status() =>
        new()
        {
            ["state"] = workers.Live is null ? "Starting" : "Running",
            ["version"] = WorkerHandshake.HostVersion,
            ["processId"] = Environment.ProcessId,
            ["workerProcessId"] = workers.ProcessId,
            ["errors"] = new JsonArray([
                .. catalog.Functions.Where(f => f.Fault is not null).Select(f => JsonValue.Create($"{f.Name}: {f.Fault}")),
            ]),
        };

    private JsonNode Describe(FunctionDefinition function) =>
        new JsonObject
        {
            ["name"] = function.Name,
            ["isDisabled"] = function.Disabled,
            ["invoke_url_template"] = routes.Routes.FirstOrDefault(route => route.Function == function)?.Template,
            ["error"] = function.Fault,
            ["config"] = new JsonObject
            {
                ["bindings"] = new JsonArray([.. function.Bindings.Select(binding => JsonNode.Parse(binding.Json))]),
            },
        };

    private async Task OneAsync(HttpContext context, string name)
    {
        var (request, response) = (context.Request, context.Response);
        await catalog.Read.WaitAsync(context.RequestAborted);
        if (catalog.Find(name) is not { Runs: true } function)
            response.StatusCode = StatusCodes.Status404NotFound;
        else if (HttpMethods.IsGet(request.Method))
            await response.WriteAsJsonAsync(Describe(function));
        else if (!HttpMethods.IsPost(request.Method))
            response.StatusCode = StatusCodes.Status404NotFound;
        else if (!request.HasJsonContentType())
            response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        else
        {
            var input = await InputAsync(request);
            _ = RunAsync(function, input);
            response.StatusCode = StatusCodes.Status202Accepted;
        }
    }

    private static async Task<string> InputAsync(HttpRequest request)
    {
        try
        {
            var body = await JsonNode.ParseAsync(request.Body, documentOptions: Settings.HostJson.Lenient);
            return (body as JsonObject)?["input"]?.ToString() ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private async Task RunAsync(FunctionDefinition function, string input)
    {
        try
        {
            if (timers.Find(function) is { } timer)
            {
                await timer.RunOnceAsync();
                return;
            }
            var worker = await workers.ReadyAsync(TimeSpan.FromSeconds(30));
            await inputs.RunAsync(function, worker, new TypedData { String = input }, null, CancellationToken.None);
        }
        catch (Exception fault)
        {
            var what = fault is FunctionFailedException failed ? failed.Headline : fault.Message;
            log.LogError("{Function}, run by hand, failed: {Error}", function.Name, what);
        }
    }
}
