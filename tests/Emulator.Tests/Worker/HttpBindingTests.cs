using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class HttpBindingTests
{
    private sealed record Count(string Sku, int Quantity);

    private enum Channel { Web, Store }

    private sealed class Scoped;

    private sealed class Functions(Probe probe, Scoped scoped) : IDisposable
    {
        [Function("Everything")]
        public IResult Everything(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "stock/{sku}/{quantity:int}/{channel}")] HttpRequest request,
            string sku, int quantity, Channel channel, [FromBody] Count body, FunctionContext context, CancellationToken cancellation) =>
            Results.Ok(new
            {
                path = request.Path.Value, sku, quantity, channel = channel.ToString(), body, function = context.FunctionDefinition.Name,
                data = context.BindingContext.BindingData["sku"], same = context.GetHttpContext() == request.HttpContext, token = cancellation.CanBeCanceled
            });

        [Function("Optional")]
        public string Optional([HttpTrigger(AuthorizationLevel.Anonymous, Route = "optional/{size?}")] HttpRequest request, int size = 20) => $"{size}";

        [Function("Maybe")]
        public string Maybe([HttpTrigger(AuthorizationLevel.Anonymous, Route = "maybe/{size?}")] HttpRequest request, int? size) => $"{size?.ToString() ?? "none"}";

        [Function("Rest")]
        public IResult Rest([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*path}")] HttpRequest request, string path) => Results.Text(path);

        [Function("Id")]
        public IResult Id([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "ids/{id}")] HttpRequest request, Guid id) => Results.Text($"{id:N}");

        [Function("Static")]
        public static IResult Static([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text("static");

        [Function("Scope")]
        public IResult Scope([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context) =>
            Results.Json(scoped == context.InstanceServices.GetRequiredService<Scoped>() && scoped == request.HttpContext.RequestServices.GetRequiredService<Scoped>());

        public void Dispose() => probe.Saw("disposed");
    }

    private static Task<WorkerHost> StartAsync() => WorkerHost.StartAsync([typeof(Functions)], builder => builder.Services.AddScoped<Scoped>());

    [Fact]
    public async Task Request_route_values_body_context_and_token_are_bound()
    {
        await using var host = await StartAsync();
        var answer = await host.Http.PostAsJsonAsync("/api/stock/A%201/7/web", new Count("B", 3));
        Assert.Equal(
            """{"path":"/api/stock/A 1/7/web","sku":"A 1","quantity":7,"channel":"Web","body":{"sku":"B","quantity":3},"function":"Everything","data":"A 1","same":true,"token":true}""",
            await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/optional", "\"20\"")]
    [InlineData("/api/optional/5", "\"5\"")]
    [InlineData("/api/maybe", "\"none\"")]
    [InlineData("/api/files/a/b%20c", "a/b c")]
    [InlineData("/api/ids/0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5bd9cb469fa16570867728950e")]
    [InlineData("/api/static", "static")]
    [InlineData("/api/STATIC", "static")]
    [InlineData("/api/scope", "true")]
    public async Task Path_reaches_its_parameter(string path, string expected)
    {
        await using var host = await StartAsync();
        Assert.Equal(expected, await host.Http.GetStringAsync(path));
    }

    [Fact]
    public async Task Class_is_made_and_disposed_for_each_invocation()
    {
        await using var host = await StartAsync();
        await host.Http.GetAsync("/api/maybe");
        Assert.Equal("disposed", await host.Probe.NextAsync());
        await host.Http.GetAsync("/api/maybe");
        Assert.Equal("disposed", await host.Probe.NextAsync());
        Assert.True(host.Probe.IsQuiet);
    }

    [Fact]
    public async Task Path_that_does_not_fit_is_a_bad_request_that_says_so()
    {
        await using var host = await StartAsync();
        var answer = await host.Http.GetAsync("/api/ids/none");
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("'none' in the path is not a Guid", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{ broken", "application/json")]
    [InlineData("""{"quantity":"many"}""", "application/json")]
    [InlineData("sku=A", "text/plain")]
    public async Task Body_that_does_not_fit_is_a_bad_request_that_names_the_parameter(string body, string type)
    {
        await using var host = await StartAsync();
        var answer = await host.Http.PostAsync("/api/stock/A/1/web", new StringContent(body, Encoding.UTF8, type));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("'body'", (await answer.Content.ReadAsStringAsync()).Replace("\\u0027", "'"));
    }

    [Fact]
    public async Task Route_constraint_decides_what_is_found()
    {
        await using var host = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.PostAsJsonAsync("/api/stock/A/many/web", new Count("B", 3))).StatusCode);
    }
}
