using Microsoft.AspNetCore.Http;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Functions.Tests.Http;

namespace Stockgate.Functions.Tests.Api;

/// <summary>A function that is to be gone says so in every answer, and in the description of the API.</summary>
public class DeprecationTests
{
    private static readonly DeprecatedAttribute Old = new("2026-12-01", "2027-06-30", "https://retailer.example/docs#prices-v2");

    [Fact]
    public async Task The_headers_say_since_when_until_when_and_where_to_read_more()
    {
        var http = StartedResponse.NewContext();
        DeprecationHeaders.Tell(http.Response, Old);
        http.Response.Clear();
        var headers = await StartedResponse.HeadersAsync(http);
        Assert.Equal("@1796083200", headers["Deprecation"]);
        Assert.Equal("Wed, 30 Jun 2027 00:00:00 GMT", headers["Sunset"]);
        Assert.Equal("<https://retailer.example/docs#prices-v2>; rel=\"deprecation\"; type=\"text/html\"", headers["Link"]);
    }

    [Fact]
    public void The_description_says_it_too()
    {
        var operation = new ApiOperation("Get", "/api/v1/x", ["get"], RouteRule.For("planner"), "Reads it", null, [], Old);
        Assert.True(OpenApiText.Operation(operation, 0)["deprecated"]!.GetValue<bool>());
        Assert.Null(OpenApiText.Operation(operation with { Deprecated = null }, 0)["deprecated"]);
    }
}
