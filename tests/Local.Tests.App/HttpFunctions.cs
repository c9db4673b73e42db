using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Local.Tests.App;

public static class HttpFunctions
{
    [Function("Empty")]
    public static IActionResult Empty([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "empty")] HttpRequest request) =>
        new NoContentResult();

    /// <summary>What arrived, as it arrived.</summary>
    [Function("Echo")]
    public static async Task<IResult> Echo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", Route = "echo/{*rest}")] HttpRequest request,
        FunctionContext context
    )
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return Results.Json(
            new
            {
                method = request.Method,
                path = request.Path.Value,
                rawTarget = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget,
                query = request.QueryString.Value,
                host = request.Host.Value,
                headers = request.Headers.ToDictionary(
                    header => header.Key,
                    header => header.Value.ToString(),
                    StringComparer.OrdinalIgnoreCase
                ),
                bindingHeaders = context.BindingContext.BindingData.TryGetValue("Headers", out var headers) ? headers?.ToString() : null,
                binding = context
                    .BindingContext.BindingData.Where(data => data.Key is not ("Headers" or "Query"))
                    .ToDictionary(data => data.Key, data => data.Value?.ToString()),
                invocation = context.InvocationId,
                length = body.Length,
            }
        );
    }

    // Three routes that shadow one another: by name, ItemById comes before ItemList.
    [Function("ItemById")]
    public static string ItemById(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id}")] HttpRequest request,
        string id
    ) => Named(request, $"ItemById {id}");

    [Function("ItemList")]
    public static string ItemList([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/list")] HttpRequest request) =>
        Named(request, "ItemList");

    [Function("NumberByInt")]
    public static string NumberByInt(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "numbers/{id:int}")] HttpRequest request,
        int id
    ) => Named(request, $"NumberByInt {id}");

    [Function("NumberWord")]
    public static string NumberWord([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "numbers/word")] HttpRequest request) =>
        Named(request, "NumberWord");

    [Function("TwinA")]
    public static string TwinA([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "twin")] HttpRequest request) =>
        Named(request, "TwinA");

    [Function("TwinB")]
    public static string TwinB([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "twin")] HttpRequest request) =>
        Named(request, "TwinB");

    [Function("Switched")]
    public static string Switched([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "switched")] HttpRequest request) =>
        Named(request, "Switched");

    [Function("Throws")]
    public static IActionResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws")] HttpRequest request) =>
        throw new InvalidOperationException("thrown at once");

    [Function("ThrowsAfterWriting")]
    public static async Task ThrowsAfterWriting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws-late")] HttpRequest request
    )
    {
        await request.HttpContext.Response.WriteAsync(new string('x', 100_000));
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("thrown after the response had begun");
    }

    [Function("ReturnsNull")]
    public static IActionResult? ReturnsNull(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "returns-null")] HttpRequest request
    ) => null;

    [Function("ReturnsText")]
    public static string ReturnsText([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "returns-text")] HttpRequest request) =>
        "text";

    [Function("Guarded")]
    public static IActionResult Guarded([HttpTrigger(AuthorizationLevel.Function, "get", Route = "guarded")] HttpRequest request) =>
        new OkObjectResult(request.Headers["x-functions-key"].ToString());

    [Function("GuardedByMaster")]
    public static IActionResult GuardedByMaster(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "guarded-admin")] HttpRequest request
    ) => new OkResult();

    /// <summary>Waits until its token ends and remembers that.</summary>
    [Function("Waits")]
    public static async Task<IActionResult> Waits(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "waits/{id}")] HttpRequest request,
        string id,
        CancellationToken token
    )
    {
        Journal.Write(id, "began");
        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        finally
        {
            Journal.Write(id, "cancelled");
        }
        return new OkResult();
    }

    [Function("Slow")]
    public static async Task<IActionResult> Slow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow/{milliseconds:int}")] HttpRequest request,
        int milliseconds
    )
    {
        await Task.Delay(milliseconds);
        return new OkObjectResult(Environment.ProcessId);
    }

    [Function("Dies")]
    public static IActionResult Dies([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dies")] HttpRequest request)
    {
        Environment.FailFast("asked to");
        return new OkResult();
    }

    [Function("ReadJournal")]
    public static IActionResult ReadJournal(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "journal/{id}")] HttpRequest request,
        string id
    ) => new OkObjectResult(Journal.Read(id));

    // A string that is returned makes an empty response: the text goes out in a header.
    private static string Named(HttpRequest request, string function)
    {
        request.HttpContext.Response.Headers["x-function"] = function;
        return function;
    }
}
