using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Stockgate.Local.Tests.Host;

/// <summary>What the real host does with HTTP (docs: real-host.md), line by line.</summary>
[Collection(HostCollection.Name)]
public sealed class HttpTests(HostFixture fixture)
{
    private HttpClient Client => fixture.Client;

    [Fact]
    public async Task The_first_route_by_function_name_wins_and_a_literal_has_no_priority()
    {
        Assert.Equal("ItemById", await FunctionOf("/api/items/list"));
        Assert.Equal("ItemById", await FunctionOf("/api/items/7"));
    }

    [Fact]
    public async Task A_constraint_lets_the_literal_through()
    {
        Assert.Equal("NumberWord", await FunctionOf("/api/numbers/word"));
        Assert.Equal("NumberByInt", await FunctionOf("/api/numbers/42"));
    }

    [Fact]
    public async Task Duplicate_routes_put_one_function_in_error()
    {
        var errors = (await fixture.Host.StatusAsync()).GetProperty("errors").EnumerateArray().Select(error => error.GetString()!).ToList();
        Assert.Contains(errors, error => error.StartsWith("TwinB:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", "/api/empty")]
    [InlineData("HEAD", "/api/empty")]
    [InlineData("OPTIONS", "/api/empty")]
    [InlineData("GET", "/api/no-such-route")]
    [InlineData("GET", "/empty")]
    public async Task A_wrong_method_and_an_unknown_route_are_404(string method, string path)
    {
        using var response = await Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_function_that_throws_is_500_and_empty()
    {
        using var response = await Client.GetAsync("/api/throws");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_function_that_throws_after_the_response_began_aborts_the_connection() =>
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Client.GetStringAsync("/api/throws-late"));

    [Theory]
    [InlineData("/api/returns-null")]
    [InlineData("/api/returns-text")]
    public async Task Null_and_a_plain_text_give_200_and_an_empty_body(string path)
    {
        using var response = await Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("A%2FB", "/api/echo/A%2FB", "/api/echo/A%252FB")]
    [InlineData("A%252FB", "/api/echo/A%2FB", "/api/echo/A%252FB")]
    [InlineData("a%25b", "/api/echo/a%b", "/api/echo/a%25b")]
    [InlineData("a%20b", "/api/echo/a b", "/api/echo/a%20b")]
    [InlineData("a+b", "/api/echo/a+b", "/api/echo/a+b")]
    [InlineData("%C3%A9", "/api/echo/\u00e9", "/api/echo/%C3%A9")]
    public async Task Paths_arrive_as_the_real_host_passes_them(string sent, string path, string rawTarget)
    {
        var echo = await RawAsync($"GET /api/echo/{sent} HTTP/1.1");
        Assert.Equal(path, echo.GetProperty("path").GetString());
        Assert.Equal(rawTarget, echo.GetProperty("rawTarget").GetString());
    }

    [Fact]
    public async Task Two_dots_collapse() =>
        Assert.Equal("/api/echo/c", (await RawAsync("GET /api/echo/a/../c HTTP/1.1")).GetProperty("path").GetString());

    [Theory]
    [InlineData("?a=1&a=2&b=%20+%2F&c")]
    [InlineData("?%C3%A9=%e9&&=")]
    public async Task The_query_is_byte_identical(string query) =>
        Assert.Equal(query, (await RawAsync($"GET /api/echo/x{query} HTTP/1.1")).GetProperty("query").GetString());

    [Fact]
    public async Task Forwarding_headers_are_the_hosts_own_and_Host_is_kept()
    {
        var echo = await RawAsync(
            "GET /api/echo/x HTTP/1.1",
            "X-Forwarded-For: 9.9.9.9",
            "X-Forwarded-Host: evil",
            "X-Forwarded-Proto: https"
        );
        var headers = echo.GetProperty("headers").ToString();
        Assert.DoesNotContain("9.9.9.9", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", headers, StringComparison.Ordinal);
        Assert.Equal("shop.example", echo.GetProperty("host").GetString());
    }

    [Fact]
    public async Task The_callers_own_headers_are_in_the_binding_data()
    {
        var echo = await RawAsync("GET /api/echo/x HTTP/1.1", "X-Forwarded-For: 9.9.9.9", "X-Own: mine");
        var headers = JsonDocument.Parse(echo.GetProperty("bindingHeaders").GetString()!).RootElement;
        Assert.Equal("9.9.9.9", headers.GetProperty("X-Forwarded-For").GetString());
        Assert.Equal("mine", headers.GetProperty("X-Own").GetString());
    }

    [Fact]
    public async Task Query_values_merge_into_the_binding_data_and_the_route_wins()
    {
        var binding = (await RawAsync("GET /api/echo/road?rest=query&other=1 HTTP/1.1")).GetProperty("binding");
        Assert.Equal("road", binding.GetProperty("rest").GetString());
        Assert.Equal("1", binding.GetProperty("other").GetString());
    }

    [Fact]
    public async Task A_clients_invocation_id_is_stripped()
    {
        var echo = await RawAsync("GET /api/echo/x HTTP/1.1", "x-ms-invocation-id: 00000000-0000-0000-0000-000000000000");
        Assert.Equal(echo.GetProperty("invocation").GetString(), echo.GetProperty("headers").GetProperty("x-ms-invocation-id").GetString());
    }

    [Fact]
    public async Task A_body_of_twenty_megabytes_arrives()
    {
        using var response = await Client.PostAsync("/api/echo/x", new ByteArrayContent(new byte[20_000_000]));
        var echo = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(20_000_000, echo.GetProperty("length").GetInt64());
    }

    [Theory]
    [InlineData(31_000_000)]
    [InlineData(105_000_000)]
    public async Task A_body_over_either_limit_is_500(int length)
    {
        // The answer comes while the body is still on its way; a client may see the broken pipe first.
        try
        {
            using var response = await Client.PostAsync("/api/echo/x", new ByteArrayContent(new byte[length]));
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        }
        catch (HttpRequestException broken) when (broken.InnerException is IOException) { }
    }

    [Fact]
    public async Task A_client_that_goes_away_fires_the_token()
    {
        var id = Guid.NewGuid().ToString();
        using var leave = new CancellationTokenSource();
        var call = Client.GetAsync($"/api/waits/{id}", leave.Token);
        await Patience.UntilAsync(() => fixture.Journal(id).Contains("began"), "the function began");
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Patience.UntilAsync(() => fixture.Journal(id).Contains("cancelled"), "its token fired");
    }

    [Fact]
    public async Task A_disabled_function_is_404() =>
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/api/switched")).StatusCode);

    private async Task<string> FunctionOf(string path)
    {
        using var response = await Client.GetAsync(path);
        return response.Headers.GetValues("x-function").Single().Split(' ')[0];
    }

    // As bytes, since HttpClient normalizes paths itself.
    private async Task<JsonElement> RawAsync(string request, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, fixture.Host.Port);
        await using var stream = client.GetStream();
        string[] lines = [request, "Host: shop.example", "Connection: close", .. headers, "", ""];
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        return JsonDocument.Parse(answer[answer.IndexOf('{')..(answer.LastIndexOf('}') + 1)]).RootElement;
    }
}
