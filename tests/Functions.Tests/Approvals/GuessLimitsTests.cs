using System.Net;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Approvals.Links;

namespace Stockgate.Functions.Tests.Approvals;

public class GuessLimitsTests
{
    [Fact]
    public void Who_misses_too_often_is_turned_away_and_nobody_else()
    {
        using var limits = new GuessLimits(Settings(), TimeSpan.FromHours(1));
        var (guesser, person) = (From("192.0.2.1"), From("192.0.2.2"));
        for (var i = 0; i < GuessLimits.MissesPerMinute; i++)
        {
            Assert.True(limits.Allows(guesser));
            limits.Missed(guesser);
        }
        Assert.False(limits.Allows(guesser));
        for (var i = 0; i < 1000; i++)
            Assert.True(limits.Allows(person));
    }

    [Fact]
    public void While_many_addresses_guess_whoever_never_missed_still_gets_in()
    {
        using var limits = new GuessLimits(Settings(), TimeSpan.FromHours(1));
        var once = From("198.51.100.1");
        limits.Missed(once);
        Assert.True(limits.Allows(once));
        for (var i = 0; i < GuessLimits.AllMissesPerMinute; i++)
            limits.Missed(From($"10.0.{i / 250}.{i % 250}"));
        Assert.False(limits.Allows(once));
        Assert.True(limits.Allows(From("198.51.100.2")));
    }

    [Fact]
    public async Task After_the_window_an_address_may_try_again()
    {
        using var limits = new GuessLimits(Settings(), TimeSpan.FromMilliseconds(400));
        var guesser = From("192.0.2.1");
        for (var i = 0; i < GuessLimits.MissesPerMinute; i++)
            limits.Missed(guesser);
        await Outbound.StubChannel.UntilAsync(() => limits.Allows(guesser), "the address may try again");
    }

    [Theory]
    [InlineData(null, "192.0.2.9", "203.0.113.7", "192.0.2.9")]
    [InlineData("X-Forwarded-For", "127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1", "1.1.1.1, 203.0.113.7:50123", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1", "[2001:db8:1:2::9]:443", "20010db800010002")]
    [InlineData("X-Forwarded-For", "127.0.0.1", "nonsense", "127.0.0.1")]
    [InlineData("X-Forwarded-For", "127.0.0.1", null, "127.0.0.1")]
    [InlineData(null, "::ffff:192.0.2.9", null, "192.0.2.9")]
    [InlineData(null, "2001:db8:1:2:aaaa::1", null, "20010db800010002")]
    public void An_address_is_the_connection_s_or_what_the_trusted_proxy_says(
        string? header,
        string connection,
        string? said,
        string counted
    )
    {
        using var limits = new GuessLimits(Settings(header), TimeSpan.FromHours(1));
        var http = From(connection);
        if (said is not null)
            http.Request.Headers["X-Forwarded-For"] = said;
        Assert.Equal(counted, limits.AddressOf(http));
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    private static LinkSettings Settings(string? header = null) =>
        new(new LinkOptions { Approvals = new() { ClientAddressHeader = header } });
}
