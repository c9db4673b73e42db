using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Stockgate.Domain.Access;
using Stockgate.Functions.Tests.Http;

namespace Stockgate.Functions.Tests.Access;

/// <summary>The gate counts the requests of each credential.</summary>
public sealed class ApiRatesTests(AzuriteFixture fixture) : AccessOnAzurite(fixture)
{
    private static HttpRequest Counted(string key, string header = "Authorization")
    {
        var request = Request(headers: (header, header == "Authorization" ? $"Bearer {key}" : key));
        request.HttpContext.Features.Set<IHttpResponseFeature>(new StartedResponse());
        return request;
    }

    [Fact]
    public async Task A_credential_that_sends_too_much_waits_and_no_other_does()
    {
        var app = Process(("Api:RequestsPerMinute", "2"));
        var (mia, omar) = (await KeyAsync("Mia", Role.Merchandiser), await KeyAsync("Mia", Role.Merchandiser));
        // A request that is refused for its role counts, and so does one in the other header.
        Assert.Equal("role-needed", (await RefusalAsync("RevertPrices", Counted(mia), app))!.Slug);
        Assert.Null(await RefusalAsync("GetProduct", Counted(mia, "X-Api-Key"), app));
        var third = Counted(mia);
        var refused = await RefusalAsync("GetProduct", third, app);
        Assert.Equal((429, "too-many-requests", TimeSpan.FromSeconds(30)), (refused!.Status, refused.Slug, refused.RetryAfter));
        Assert.Equal("\"default\";r=0;t=30", (await StartedResponse.HeadersAsync(third.HttpContext))["RateLimit"]);
        // A limit of a key, not of a name: two programs of one person have two keys.
        Assert.Null(await RefusalAsync("GetProduct", Counted(omar), app));
    }

    [Theory]
    [InlineData(Role.Agent, "GetProduct", "\"default\";q=120;w=60")]
    [InlineData(Role.SalesChannel, "ClaimPromotion", "\"default\";q=6000;w=60")]
    [InlineData(Role.Planner, "GetProduct", "\"default\";q=600;w=60")]
    public async Task Agents_have_fewer_requests_and_tills_more(string role, string function, string policy)
    {
        var request = Counted(await KeyAsync("Somebody", role));
        Assert.Null(await RefusalAsync(function, request));
        Assert.Equal(policy, (await StartedResponse.HeadersAsync(request.HttpContext))["RateLimit-Policy"]);
    }

    [Fact]
    public async Task Whoever_has_no_credential_is_told_no_limit()
    {
        var request = Counted("sgk_guess");
        Assert.Equal(401, (await RefusalAsync("GetProduct", request))!.Status);
        Assert.False((await StartedResponse.HeadersAsync(request.HttpContext)).ContainsKey("RateLimit"));
    }
}
