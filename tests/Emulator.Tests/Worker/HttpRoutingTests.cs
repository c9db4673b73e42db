using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Emulator.Tests.ServiceBus;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class HttpRoutingTests
{
    private sealed class Functions
    {
        [Function("All")]
        public IResult All([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text(request.Method);

        [Function("Read")]
        public IResult Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "doc")] HttpRequest request) => Results.Text("read");

        [Function("Write")]
        public IResult Write([HttpTrigger(AuthorizationLevel.Anonymous, "PUT", "post", Route = "/doc/")] HttpRequest request) => Results.Text("write");
    }

    [Theory]
    [InlineData("GET", "/api/all", 200)]
    [InlineData("HEAD", "/api/all", 200)]
    [InlineData("OPTIONS", "/api/all", 200)]
    [InlineData("PATCH", "/api/all", 200)]
    [InlineData("GET", "/api/doc", 200)]
    [InlineData("PUT", "/api/doc", 200)]
    [InlineData("DELETE", "/api/doc", 405)]
    [InlineData("HEAD", "/api/doc", 405)]
    [InlineData("OPTIONS", "/api/doc", 405)]
    [InlineData("GET", "/api/unknown", 404)]
    [InlineData("HEAD", "/api/unknown", 404)]
    [InlineData("OPTIONS", "/api/unknown", 404)]
    [InlineData("GET", "/all", 404)]
    [InlineData("GET", "/", 404)]
    public async Task Method_and_path_find_the_function(string method, string path, int status)
    {
        await using var host = await WorkerHost.StartAsync(typeof(Functions));
        using var answer = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 405) Assert.NotEmpty(answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("v2/stock", "/v2/stock/all")]
    [InlineData("/v2/", "/v2/all")]
    [InlineData("", "/all")]
    public async Task Route_prefix_comes_from_host_json(string prefix, string path)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "host.json"), $$"""{ "version": "2.0", "extensions": { "http": { "routePrefix": "{{prefix}}" } } }""");
        await using var host = await WorkerHost.StartAsync([typeof(Functions)], null, folder);
        Assert.Equal("GET", await host.Http.GetStringAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync("/api/all")).StatusCode);
    }
}
