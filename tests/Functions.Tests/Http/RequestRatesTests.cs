using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Http.Rates;

namespace Stockgate.Functions.Tests.Http;

/// <summary>Requests of a caller are counted, and the caller is told.</summary>
public class RequestRatesTests
{
    [Theory]
    [InlineData(600, 600, "r=600;t=0")]
    [InlineData(600, 599, "r=599;t=1")]
    [InlineData(600, 0, "r=0;t=60")]
    [InlineData(1, 0, "r=0;t=60")]
    [InlineData(1_000_000, 0, "r=0;t=60")]
    public void The_headers_say_the_limit_what_is_left_and_when_all_of_it_is_there_again(int perMinute, int left, string limit)
    {
        var standing = new RateStanding("default", perMinute, left, null);
        Assert.Equal($"\"default\";q={perMinute};w=60", standing.PolicyHeader);
        Assert.Equal($"\"default\";{limit}", standing.LimitHeader);
    }

    [Fact]
    public void The_headers_of_a_refused_request_name_the_same_moment_as_Retry_After() =>
        Assert.Equal("\"default\";r=0;t=3", new RateStanding("default", 20, 0, TimeSpan.FromSeconds(2.1)).LimitHeader);

    [Fact]
    public async Task Each_caller_has_so_many_requests()
    {
        await using var rates = new RequestRates("default");
        Assert.Equal([1, 0], Enumerable.Range(0, 2).Select(_ => rates.Take("a", 2).Left));
        var refused = rates.Take("a", 2);
        Assert.Equal((0, TimeSpan.FromSeconds(30)), (refused.Left, refused.Wait));
        Assert.Null(rates.Take("b", 2).Wait);
    }

    [Fact]
    public async Task A_changed_limit_begins_anew()
    {
        await using var rates = new RequestRates("channel");
        rates.Take("web", 1);
        Assert.NotNull(rates.Take("web", 1).Wait);
        Assert.Equal(new RateStanding("channel", 5, 4, null), rates.Take("web", 5));
    }

    [Fact]
    public async Task Two_limits_are_two_members_of_one_list()
    {
        var http = StartedResponse.NewContext();
        new RateStanding("default", 600, 599, null).Tell(http.Response);
        new RateStanding("channel", 60, 59, null).Tell(http.Response);
        // A problem clears what was set before it.
        http.Response.Clear();
        var headers = await StartedResponse.HeadersAsync(http);
        Assert.Equal("\"default\";r=599;t=1,\"channel\";r=59;t=1", headers["RateLimit"].ToString());
        Assert.Equal("\"default\";q=600;w=60,\"channel\";q=60;w=60", headers["RateLimit-Policy"].ToString());
    }
}
