using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class HttpResultTests
{
    private sealed record Stock(string Sku, int OnHand);

    private sealed record Both([property: HttpResult] IResult Response, string Message);

    private sealed class Functions
    {
        [Function("Action")]
        public IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new ObjectResult(new Stock("A", 3)) { StatusCode = 201 };

        [Function("File")]
        public IActionResult File([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new FileContentResult([1, 2, 3], "image/png");

        [Function("Minimal")]
        public async Task<IResult> Minimal([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await Task.Yield();
            return Results.Problem("why", statusCode: 409);
        }

        [Function("Value")]
        public ValueTask<Stock> Value([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new(new Stock("A", 3));

        [Function("Property")]
        public Both Property([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new(Results.Accepted(), "not shown");

        [Function("Nothing")]
        public Task Nothing([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Task.CompletedTask;

        [Function("Written")]
        public async Task Written([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            request.HttpContext.Response.StatusCode = 418;
            await request.HttpContext.Response.WriteAsync("teapot");
        }
    }

    [Theory]
    [InlineData("action", 201, "application/json", """{"sku":"A","onHand":3}""")]
    [InlineData("file", 200, "image/png", "\u0001\u0002\u0003")]
    [InlineData("minimal", 409, "application/problem+json", null)]
    [InlineData("value", 200, "application/json", """{"sku":"A","onHand":3}""")]
    [InlineData("property", 202, null, "")]
    [InlineData("nothing", 200, null, "")]
    [InlineData("written", 418, null, "teapot")]
    public async Task What_a_function_returns_is_the_answer(string function, int status, string? type, string? body)
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        var answer = await host.Http.GetAsync($"/api/{function}");
        Assert.Equal((status, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        if (body is not null) Assert.Equal(body, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Head_answers_with_headers_alone()
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        var answer = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/value"));
        Assert.Equal((HttpStatusCode.OK, 0), (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length));
    }
}
