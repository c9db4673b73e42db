using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Stockgate.EndToEnd.Tests.Access;

/// <summary>Repeated requests and too many requests, over HTTP through the Functions host.</summary>
[Collection(SharedApp.Name)]
public sealed class ApiLimitsTests(RunningApp running) : IDisposable
{
    // More than an agent may send at once, and more than is admitted again while they are sent.
    private const int TooMany = 400;

    private const string Replay = """{"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","dryRun":true}""";

    private readonly HttpClient http = new();

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string token, string? key = null, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(running.App.BaseAddress, $"api/v1/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> ReplayAsync(string key, string body = Replay) =>
        await SendAsync(HttpMethod.Post, "replays", await running.KeyOfAsync(RunningApp.Reader), key, body);

    private static async Task<string> IdOfAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

    [Fact]
    public async Task Of_requests_at_once_under_one_key_one_is_carried_out()
    {
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => ReplayAsync(key)));
        var ids = new List<string>();
        foreach (var answer in answers)
            if ((int)answer.StatusCode == 409)
            {
                await Problem.IsAsync(answer, 409, "in-flight", "Idempotency-Key");
                Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            }
            else
            {
                Assert.Equal(202, (int)answer.StatusCode);
                ids.Add(await IdOfAsync(answer));
            }
        Assert.Single(ids.Distinct());
        Assert.Single(answers, static a => (int)a.StatusCode == 202 && !a.Headers.Contains("Idempotency-Replayed"));

        using var again = await ReplayAsync(key);
        Assert.Equal(
            (202, ids[0], "true"),
            ((int)again.StatusCode, await IdOfAsync(again), again.Headers.GetValues("Idempotency-Replayed").Single())
        );
        Assert.Equal($"/api/v1/replays/{ids[0]}", again.Headers.Location!.ToString());
        using var other = await ReplayAsync(key, Replay.Replace("true", "false", StringComparison.Ordinal));
        await Problem.IsAsync(other, 422, "key-used", "Idempotency-Key");
    }

    [Fact]
    public async Task What_was_refused_is_corrected_under_the_same_key()
    {
        var key = Guid.NewGuid().ToString();
        using (var refused = await ReplayAsync(key, "{}"))
            await Problem.IsAsync(refused, 400, "unfit-command", "from");
        using (var made = await ReplayAsync(key))
            Assert.Equal(202, (int)made.StatusCode);
        using var malformed = await ReplayAsync("with a space");
        await Problem.IsAsync(malformed, 400, "unfit-idempotency-key", "Idempotency-Key");
    }

    [Fact]
    public async Task A_new_key_is_shown_once_also_to_whoever_asks_twice()
    {
        const string body = """{"name":"Twice","roles":["planner"]}""";
        var key = Guid.NewGuid().ToString();
        using (var made = await SendAsync(HttpMethod.Post, "keys", running.App.AdminKey, key, body))
            Assert.Equal(201, (int)made.StatusCode);
        using var again = await SendAsync(HttpMethod.Post, "keys", running.App.AdminKey, key, body);
        await Problem.IsAsync(again, 409, "answer-not-kept", "Idempotency-Key");
        Assert.DoesNotContain("sgk_", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_asks_too_often_is_told_when_to_come_again()
    {
        var agent = await running.Keys.OfAsync("Hasty", "agent");
        using (var first = await SendAsync(HttpMethod.Get, "promotions", agent))
        {
            Assert.Equal("\"default\";q=120;w=60", first.Headers.GetValues("RateLimit-Policy").Single());
            Assert.Equal("\"default\";r=119;t=1", first.Headers.GetValues("RateLimit").Single());
        }
        var answers = await Task.WhenAll(Enumerable.Range(0, TooMany).Select(_ => SendAsync(HttpMethod.Get, "promotions", agent)));
        var refused = answers.First(static a => (int)a.StatusCode == 429);
        await Problem.IsAsync(refused, 429, "too-many-requests", null);
        var seconds = (int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        Assert.InRange(seconds, 1, 60);
        Assert.Equal($"\"default\";r=0;t={seconds}", refused.Headers.GetValues("RateLimit").Single());
        // Nobody else waits for it.
        using var other = await running.GetAsync("promotions");
        Assert.Equal(200, (int)other.StatusCode);
    }
}
