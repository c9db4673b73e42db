using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Stockgate.Local.Tests.Host;

/// <summary>The product's middleware on a host: whatever a function throws, the caller gets an answer that says what to do.</summary>
[Collection(HostCollection.Name)]
public sealed class ProblemTests(HostFixture fixture)
{
    private HttpClient Client => fixture.Client;

    [Theory]
    [InlineData("before", HttpStatusCode.InternalServerError, "internal-error")]
    [InlineData("while", HttpStatusCode.InternalServerError, "internal-error")]
    [InlineData("binding/no-number", HttpStatusCode.InternalServerError, "internal-error")]
    [InlineData("transient", HttpStatusCode.ServiceUnavailable, "temporarily-unavailable")]
    [InlineData("refused", HttpStatusCode.Conflict, "not-now")]
    public async Task A_failure_is_a_problem_with_a_request_id(string path, HttpStatusCode status, string slug)
    {
        using var response = await Client.GetAsync($"/api/problems/{path}");
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable, response.Headers.RetryAfter is not null);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"urn:stockgate:problem:{slug}", problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("requestId").GetString()!);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_after_the_first_half_is_no_whole_answer() =>
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () => await Client.GetStringAsync("/api/problems/after"));

    [Fact]
    public async Task A_caller_who_goes_away_harms_nobody_else()
    {
        using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.GetAsync("/api/problems/cancelled", impatient.Token));
        using var next = await Client.GetAsync("/api/problems/binding/7");
        Assert.Equal("7", await next.Content.ReadAsStringAsync());
    }
}
