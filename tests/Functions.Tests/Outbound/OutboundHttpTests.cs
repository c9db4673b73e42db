using System.Net;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Outbound;

namespace Stockgate.Functions.Tests.Outbound;

public class OutboundHttpTests
{
    private static async Task<Exception?> FailureAsync(OutboundHttp http, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request, CancellationToken.None));
        return failure.InnerException;
    }

    [Theory]
    [InlineData("https://127.0.0.1:9/")]
    [InlineData("https://[::1]:9/")]
    [InlineData("https://[::ffff:127.0.0.1]:9/")]
    [InlineData("https://2130706433:9/")]
    [InlineData("https://0x7f.1:9/")]
    [InlineData("https://localhost:9/")]
    public async Task However_an_address_inside_is_written_it_is_not_connected_to(string address)
    {
        using var http = new OutboundHttp(allowPrivate: false, Dns.GetHostAddressesAsync);
        Assert.IsType<PrivateAddressException>(await FailureAsync(http, address));
    }

    [Fact]
    public async Task A_name_is_judged_each_time_by_the_address_that_is_connected_to()
    {
        // First judged good, then bound to something inside: what a name that changes its mind does to a check that comes before.
        var answers = new Queue<IPAddress[]>([
            [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("fd00::1")],
            [IPAddress.Loopback],
        ]);
        using var http = new OutboundHttp(allowPrivate: false, (_, _) => Task.FromResult(answers.Dequeue()));
        Assert.IsType<PrivateAddressException>(await FailureAsync(http, "https://pos.example/"));
        Assert.IsType<PrivateAddressException>(await FailureAsync(http, "https://pos.example/"));
        Assert.Empty(answers);
    }

    [Fact]
    public async Task Plain_http_goes_out_on_a_network_of_ones_own_alone()
    {
        await using var stub = await StubChannel.StartAsync(200);
        using var strict = new OutboundHttp(allowPrivate: false, Dns.GetHostAddressesAsync);
        using var request = new HttpRequestMessage(HttpMethod.Get, stub.Url);
        await Assert.ThrowsAsync<HttpRequestException>(() => strict.SendAsync(request, CancellationToken.None));
        Assert.Empty(stub.Requests);
        using var open = new OutboundHttp(allowPrivate: true, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        using var again = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(stub.Url) { Host = "till.internal" }.Uri);
        using var answer = await open.SendAsync(again, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Of_an_answer_no_more_than_its_bound_is_read()
    {
        await using var stub = await StubChannel.StartAsync(http =>
            http.Response.WriteAsync(new string('x', http.Request.Path == "/in/long" ? 16 * 1024 + 1 : 16 * 1024))
        );
        using var http = new OutboundHttp(allowPrivate: true, Dns.GetHostAddressesAsync);
        foreach (var (path, whole) in new[] { ("/in", true), ("/in/long", false) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stub.Url, path));
            using var answer = await http.SendAsync(request, CancellationToken.None);
            var read = await OutboundHttp.ReadAsync(answer, CancellationToken.None);
            Assert.Equal((16 * 1024, whole), (read.Body.Length, read.Whole));
        }
    }

    [Fact]
    public async Task Cookies_are_neither_kept_nor_sent()
    {
        await using var stub = await StubChannel.StartAsync(http =>
        {
            http.Response.Cookies.Append("session", "1");
            return Task.CompletedTask;
        });
        using var http = new OutboundHttp(allowPrivate: true, Dns.GetHostAddressesAsync);
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, stub.Url);
            using var _ = await http.SendAsync(request, CancellationToken.None);
        }
        Assert.Equal(2, stub.Requests.Count);
        Assert.All(stub.Requests, static r => Assert.DoesNotContain("Cookie", r.Headers.Keys));
    }
}
