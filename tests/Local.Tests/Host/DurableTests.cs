using System.Net;
using System.Text.Json;

namespace Stockgate.Local.Tests.Host;

/// <summary>Orchestrations on the real extension, from an unmodified worker.</summary>
[Collection(HostCollection.Name)]
public sealed class DurableTests(HostFixture fixture)
{
    private readonly string id = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task An_orchestration_calls_activities_and_texts_stay_what_they_are() =>
        Assert.Equal("""["Hello bob","2026-01-02T03:04:05.000","HELLO BOB"]""", await Run("Hello"));

    [Fact]
    public async Task An_activity_is_retried() => Assert.Equal("3", await Run("Retries"));

    [Fact]
    public async Task The_type_and_the_message_of_a_failure_reach_the_orchestrator() =>
        Assert.Equal("System.ArgumentException|it always fails|True", JsonSerializer.Deserialize<string>(await Run("Fails")));

    [Fact]
    public async Task An_orchestration_that_throws_has_failed() =>
        Assert.Contains("nobody caught this", await Run("Unhandled", "Failed"), StringComparison.Ordinal);

    [Fact]
    public async Task A_timer_rings() => Assert.Equal("\"rang\"", await Run("Timer"));

    [Fact]
    public async Task Sub_orchestrations_run_side_by_side() => Assert.Equal("\"HELLO A,HELLO B\"", await Run("Parent"));

    [Fact]
    public async Task An_entity_keeps_its_state() => Assert.Equal("7", await Run("UsesCounter"));

    [Fact]
    public async Task An_external_event_is_received()
    {
        await Start("Waiting");
        await Patience.UntilAsync(async () => (await State()).Status == "Running", "it waits");
        Assert.Equal(HttpStatusCode.OK, await Post($"/api/raise/{id}/yes"));
        Assert.Equal("\"got yes\"", await Output("Completed"));
    }

    [Fact]
    public async Task A_duplicate_start_is_refused_as_AlreadyExists()
    {
        await Start("Waiting");
        await Patience.UntilAsync(async () => (await State()).Status == "Running", "it waits");
        using var second = await fixture.Client.PostAsync($"/api/start/Waiting/{id}?input=bob", null);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("AlreadyExists", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_for_an_instance_that_is_missing_or_has_ended_is_refused()
    {
        Assert.Equal(HttpStatusCode.Conflict, await Post($"/api/raise/{id}/yes"));
        await Run("Hello");
        Assert.Equal(HttpStatusCode.Conflict, await Post($"/api/raise/{id}/yes"));
    }

    [Fact]
    public async Task The_management_address_of_an_instance_answers()
    {
        await Run("Hello");
        var payload = JsonDocument.Parse(await fixture.Client.GetStringAsync($"/api/management/{id}")).RootElement;
        using var response = await fixture.Client.GetAsync(payload.GetProperty("statusQueryGetUri").GetString());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            "Completed",
            JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("runtimeStatus").GetString()
        );
    }

    private async Task<string> Run(string orchestration, string ends = "Completed")
    {
        await Start(orchestration);
        return await Output(ends);
    }

    private async Task Start(string orchestration) =>
        Assert.Equal(HttpStatusCode.Accepted, await Post($"/api/start/{orchestration}/{id}?input=bob"));

    private async Task<string> Output(string status)
    {
        await Patience.UntilAsync(async () => (await State()).Status is "Completed" or "Failed", "the orchestration ended");
        var state = await State();
        Assert.Equal(status, state.Status);
        return state.Output ?? "";
    }

    private async Task<(string? Status, string? Output)> State()
    {
        using var response = await fixture.Client.GetAsync($"/api/state/{id}");
        if (response.StatusCode != HttpStatusCode.OK)
            return default;
        var state = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return (state.GetProperty("status").GetString(), state.GetProperty("output").GetString());
    }

    private async Task<HttpStatusCode> Post(string path)
    {
        using var response = await fixture.Client.PostAsync(path, null);
        return response.StatusCode;
    }
}
