using System.Text;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Stockgate.Functions.Api;
using Stockgate.Functions.Tests.Access;
using Stockgate.Platform;
using Stockgate.Platform.Access;
using Stockgate.Platform.Http.Idempotency;
using Stockgate.Platform.Storage;

namespace Stockgate.Functions.Tests.Api;

/// <summary>A POST under an Idempotency-Key is carried out once, whatever is repeated, refused, late or lost.</summary>
public sealed class IdempotencyGateTests(AzuriteFixture fixture) : AccessOnAzurite(fixture)
{
    private readonly string key = Guid.NewGuid().ToString();
    private int runs;

    private IdempotencyStore Store => App.GetRequiredService<IdempotencyStore>();

    private static DefaultHttpContext Sent(string body = "{}", string query = "", string path = "/api/v1/replays", string by = "key 1")
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = ("POST", path, new QueryString(query));
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        http.Response.Body = new MemoryStream();
        http.Features.Set(new Credential(null, by));
        return http;
    }

    private async Task<(int Status, string Body, HttpContext Http)> SendAsync(HttpContext http, Func<Task<IResult?>>? run = null)
    {
        var gate = new IdempotencyGate(Store, NullLogger<IdempotencyGate>.Instance);
        await (await gate.AnswerAsync(http, key, run ?? CreateAsync, CancellationToken.None)).ExecuteAsync(http);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray()), http);
    }

    private Task<ProblemException> RefusedAsync(HttpContext http, Func<Task<IResult?>>? run = null) =>
        Assert.ThrowsAsync<ProblemException>(() => SendAsync(http, run));

    private Task<IResult?> CreateAsync()
    {
        var run = Interlocked.Increment(ref runs);
        return Task.FromResult<IResult?>(Results.Created($"/api/v1/replays/{run}", new { run }));
    }

    [Fact]
    public async Task The_same_request_runs_once_and_gets_the_same_answer()
    {
        var (first, second) = (await SendAsync(Sent()), await SendAsync(Sent()));
        Assert.Equal((201, """{"run":1}"""), (first.Status, first.Body));
        Assert.Equal((first.Status, first.Body), (second.Status, second.Body));
        Assert.Equal("/api/v1/replays/1", second.Http.Response.Headers.Location);
        Assert.Equal(first.Http.Response.ContentType, second.Http.Response.ContentType);
        Assert.False(first.Http.Response.Headers.ContainsKey("Idempotency-Replayed"));
        Assert.Equal("true", second.Http.Response.Headers["Idempotency-Replayed"]);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Of_many_at_once_one_runs_and_the_others_are_told_to_wait_or_get_its_answer()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async _ =>
                {
                    try
                    {
                        return (await SendAsync(Sent())).Body;
                    }
                    catch (ProblemException waiting) when (waiting is { Status: 409, Slug: "in-flight", RetryAfter: not null })
                    {
                        return "in flight";
                    }
                })
        );
        Assert.Equal(1, runs);
        Assert.Contains("""{"run":1}""", answers);
        Assert.All(answers, static a => Assert.True(a is "in flight" or """{"run":1}""", a));
    }

    [Theory]
    [InlineData("""{"a":1}""", ""), InlineData("{}", "?dryRun=true")]
    public async Task Another_body_or_query_under_the_key_is_refused(string body, string query)
    {
        await SendAsync(Sent());
        var refused = await RefusedAsync(Sent(body, query));
        Assert.Equal((422, "key-used"), (refused.Status, refused.Slug));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task The_key_of_another_caller_or_at_another_address_is_another_one()
    {
        await SendAsync(Sent());
        await SendAsync(Sent(by: "key 2"));
        await SendAsync(Sent(path: "/api/v1/promotions"));
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task The_function_reads_the_body_that_was_sent()
    {
        var http = Sent("""{"from":"2026-12-01"}""");
        await SendAsync(http, async () => Results.Text(await new StreamReader(http.Request.Body).ReadToEndAsync()));
        Assert.Equal("""{"from":"2026-12-01"}""", (await SendAsync(Sent("""{"from":"2026-12-01"}"""))).Body);
    }

    [Theory, InlineData(400), InlineData(409), InlineData(503)]
    public async Task What_is_refused_or_fails_gives_the_key_back(int status)
    {
        await RefusedAsync(Sent("wrong"), () => throw new ProblemException(status, "x", "x", "x"));
        await SendAsync(Sent("wrong"), () => Task.FromResult<IResult?>(Results.StatusCode(status)));
        await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(Sent("wrong"), static () => throw new TimeoutException()));
        Assert.Equal(201, (await SendAsync(Sent("right"))).Status);
    }

    [Fact]
    public async Task A_request_that_was_lost_in_a_crash_is_carried_out_anew_when_its_lease_is_over()
    {
        var lost = await Store.ClaimAsync(IdempotentRequest.Of("key 1", Sent().Request, key, "{}"u8), CancellationToken.None);
        Assert.Equal("in-flight", (await RefusedAsync(Sent())).Slug);
        Time.Advance(IdempotencyStore.Lease);
        Assert.Equal("""{"run":1}""", (await SendAsync(Sent())).Body);
        // The lost one was only slow: what it does now changes nothing.
        await Store.KeepAsync(lost, new KeptAnswer(200, null, null, "late"u8.ToArray()), CancellationToken.None);
        await Store.ReleaseAsync(lost, CancellationToken.None);
        Assert.Equal("""{"run":1}""", (await SendAsync(Sent())).Body);
    }

    [Fact]
    public async Task An_answer_with_a_secret_is_not_stored_and_its_request_not_repeated()
    {
        var http = Sent();
        var made = await SendAsync(
            http,
            () =>
            {
                http.Response.Headers.CacheControl = "no-store";
                return Task.FromResult<IResult?>(Results.Json(new { key = "sgk_secret" }, statusCode: 201));
            }
        );
        Assert.Contains("sgk_secret", made.Body, StringComparison.Ordinal);
        var told = await RefusedAsync(Sent());
        Assert.Equal((409, "answer-not-kept"), (told.Status, told.Slug));
        Assert.Equal(0, runs);
        await foreach (var row in App.GetRequiredService<StateTables>().Idempotency.QueryAsync<TableEntity>())
            Assert.DoesNotContain(
                row.Select(static p => p.Value),
                static v => v is byte[] bytes && Encoding.UTF8.GetString(bytes).Contains("sgk_", StringComparison.Ordinal)
            );
    }

    [Theory, InlineData(0, true), InlineData(1, false)]
    public async Task An_answer_that_no_row_holds_is_not_kept(int more, bool kept)
    {
        var text = new string('x', KeptAnswer.MostBytes + more);
        await SendAsync(Sent(), () => Task.FromResult<IResult?>(Results.Text(text)));
        if (kept)
            Assert.Equal(text, (await SendAsync(Sent())).Body);
        else
            Assert.Equal("answer-not-kept", (await RefusedAsync(Sent())).Slug);
    }

    [Fact]
    public async Task After_a_day_a_key_stands_for_nothing_and_is_swept()
    {
        await SendAsync(Sent());
        Time.Advance(IdempotencyStore.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal("""{"run":1}""", (await SendAsync(Sent())).Body);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("""{"run":2}""", (await SendAsync(Sent("another"))).Body);
        Time.Advance(IdempotencyStore.Lifetime);
        Assert.InRange(await Store.SweepAsync(CancellationToken.None), 1, int.MaxValue);
        Assert.Equal(0, await Store.SweepAsync(CancellationToken.None));
    }
}
