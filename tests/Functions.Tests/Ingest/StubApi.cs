using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stockgate.Functions.Tests.Ingest;

/// <summary>A store's API that knows order 250.</summary>
internal sealed class StubApi
{
    private readonly WebApplication app;

    public StubApi()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
        app.Start();
    }

    public string Address => app.Urls.Single();

    public int Status { get; set; } = 200;

    /// <summary>Method, path and token of each request.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    private async Task AnswerAsync(HttpContext context)
    {
        Asked.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.Headers["X-Auth-Token"]}");
        var answer = context.Request.Path.Value switch
        {
            "/v2/orders/250" =>
                """{"id":250,"date_created":"Sun, 01 Nov 2026 10:00:00 +0000","status_id":11,"total_inc_tax":"6.0000","default_currency_code":"EUR"}""",
            "/v2/orders/250/products" =>
                """[{"id":15,"product_id":206,"variant_id":509,"name":"Mug","sku":"BC-MUG","type":"physical","quantity":2,"total_ex_tax":"6.0000","total_tax":"0.0000"}]""",
            "/v2/orders/250/shipments" => "",
            "/v3/orders/250/payment_actions/refunds" => """{"data":[],"meta":{}}""",
            _ => null,
        };
        context.Response.StatusCode = Status != 200 ? Status : StatusOf(answer);
        if (context.Response.StatusCode == 200)
            await context.Response.WriteAsync(answer!);
    }

    private static int StatusOf(string? answer)
    {
        if (answer is null)
            return 404;
        return answer.Length == 0 ? 204 : 200;
    }
}
