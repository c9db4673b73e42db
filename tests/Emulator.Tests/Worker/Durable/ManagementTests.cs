using System.Net;
using System.Text.Json;

namespace Stockgate.Emulator.Tests.Worker.Durable;

/// <summary>The management endpoints, as the Durable Functions extension has them.</summary>
public sealed partial class ManagementTests
{
    private static Task<WorkerHost> StartAsync() => WorkerHost.StartAsync(typeof(Functions));

    [Fact]
    public async Task Orchestration_is_started_with_its_input_and_its_status_read()
    {
        await using var host = await StartAsync();
        var started = await host.SendAsync(HttpMethod.Post, "/orchestrators/echo/one", """{"sku":"tea","quantity":3}""");
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal($"{Managed.Path}/instances/one", started.Headers.Location!.OriginalString);
        Assert.Equal("""{"id":"one"}""", await started.Content.ReadAsStringAsync());

        var instance = await host.UntilAsync("one", "Completed");
        Assert.Equal("echo", instance.GetProperty("name").GetString());
        Assert.Equal("one", instance.GetProperty("instanceId").GetString());
        Assert.Equal("tea", instance.GetProperty("input").GetProperty("sku").GetString());
        Assert.Equal(3, instance.GetProperty("output").GetProperty("quantity").GetInt32());
        Assert.Equal(JsonValueKind.Null, instance.GetProperty("customStatus").ValueKind);
        Assert.True(instance.GetProperty("createdTime").GetDateTime() <= instance.GetProperty("lastUpdatedTime").GetDateTime());
        Assert.False(instance.TryGetProperty("historyEvents", out _));
        Assert.Equal(JsonValueKind.Null, (await host.UntilAsync("one", "Completed", "?showInput=false")).GetProperty("input").ValueKind);
        Assert.Equal("no-store", (await host.SendAsync(HttpMethod.Get, "/instances/one")).Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Id_is_made_where_none_is_given_and_an_empty_body_is_no_input()
    {
        await using var host = await StartAsync();
        var started = await host.SendAsync(HttpMethod.Post, "/orchestrators/Echo");
        var id = (await started.ReadAsync()).GetProperty("id").GetString()!;
        Assert.Equal(JsonValueKind.Null, (await host.UntilAsync(id, "Completed")).GetProperty("output").ValueKind);
    }

    [Fact]
    public async Task Status_is_202_until_the_end_and_500_for_a_failure_where_asked()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Waiting", "waits");
        await host.UntilAsync("waits", "Running");
        var running = await host.SendAsync(HttpMethod.Get, "/instances/waits");
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.Equal($"{Managed.Path}/instances/waits", running.Headers.Location!.OriginalString);
        Assert.NotNull(running.Headers.RetryAfter);
        Assert.True((await running.ReadAsync()).GetProperty("customStatus").GetProperty("waits").GetBoolean());

        await host.BeginAsync("Failing", "fails");
        var failed = await host.UntilAsync("fails", "Failed");
        Assert.Equal("no stock", failed.GetProperty("output").GetString());
        Assert.Equal("System.InvalidOperationException", failed.GetProperty("failureDetails").GetProperty("errorType").GetString());
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Get, "/instances/fails")).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.SendAsync(HttpMethod.Get, "/instances/fails?returnInternalServerErrorOnFailure=true")).StatusCode);
        Assert.Contains("GET /runtime", await (await host.SendAsync(HttpMethod.Get, "/instances/nobody")).ProblemAsync(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Event_reaches_the_instance_and_a_pause_holds_it_back()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Waiting", "one");
        await host.UntilAsync("one", "Running");
        Assert.Equal(HttpStatusCode.Accepted, (await host.SendAsync(HttpMethod.Post, "/instances/one/suspend?reason=stocktaking")).StatusCode);
        await host.UntilAsync("one", "Suspended");
        Assert.Equal(HttpStatusCode.Accepted, (await host.SendAsync(HttpMethod.Post, "/instances/one/raiseEvent/go", """{ "sku": "tea", "quantity": 1 }""")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await host.SendAsync(HttpMethod.Get, "/instances/one")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await host.SendAsync(HttpMethod.Post, "/instances/one/resume")).StatusCode);
        Assert.Equal("tea", (await host.UntilAsync("one", "Completed")).GetProperty("output").GetProperty("sku").GetString());
    }

    [Fact]
    public async Task Termination_ends_an_instance_and_its_reason_is_the_output()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Waiting", "one");
        Assert.Equal(HttpStatusCode.Accepted, (await host.SendAsync(HttpMethod.Post, "/instances/one/terminate?reason=sold%20out")).StatusCode);
        Assert.Equal("sold out", (await host.UntilAsync("one", "Terminated")).GetProperty("output").GetString());
    }

    [Theory]
    [InlineData("raiseEvent/Go")]
    [InlineData("terminate")]
    [InlineData("suspend")]
    [InlineData("resume")]
    public async Task Instance_that_has_ended_or_is_unknown_takes_nothing(string action)
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Echo", "one");
        await host.UntilAsync("one", "Completed");
        Assert.Contains("Restart it", await (await host.SendAsync(HttpMethod.Post, $"/instances/one/{action}")).ProblemAsync(HttpStatusCode.Gone));
        Assert.Contains("'nobody'", await (await host.SendAsync(HttpMethod.Post, $"/instances/nobody/{action}")).ProblemAsync(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Restart_takes_a_new_id_unless_it_is_told_to_keep_the_old_one()
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Echo", "one", """{"sku":"tea","quantity":3}""");
        await host.UntilAsync("one", "Completed");
        var id = (await (await host.SendAsync(HttpMethod.Post, "/instances/one/restart")).ReadAsync()).GetProperty("id").GetString()!;
        Assert.NotEqual("one", id);
        Assert.Equal("tea", (await host.UntilAsync(id, "Completed")).GetProperty("output").GetProperty("sku").GetString());
        Assert.Equal("""{"id":"one"}""", await (await host.SendAsync(HttpMethod.Post, "/instances/one/restart?restartWithNewInstanceId=false")).Content.ReadAsStringAsync());

        await host.BeginAsync("Waiting", "waits");
        Assert.Contains("exists already", await (await host.SendAsync(HttpMethod.Post, "/instances/waits/restart?restartWithNewInstanceId=false")).ProblemAsync(HttpStatusCode.Conflict));
        await (await host.SendAsync(HttpMethod.Post, "/instances/nobody/restart")).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Purge_deletes_what_has_ended_alone()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { "one", "two" }) await host.BeginAsync("Echo", id);
        foreach (var id in new[] { "one", "two" }) await host.UntilAsync(id, "Completed");
        await host.BeginAsync("Waiting", "waits");
        Assert.Equal("""{"instancesDeleted":1}""", await (await host.SendAsync(HttpMethod.Delete, "/instances/one")).Content.ReadAsStringAsync());
        await (await host.SendAsync(HttpMethod.Delete, "/instances/one")).ProblemAsync(HttpStatusCode.NotFound);
        Assert.Contains("Terminate it first", await (await host.SendAsync(HttpMethod.Delete, "/instances/waits")).ProblemAsync(HttpStatusCode.Conflict));

        Assert.Contains("createdTimeFrom is missing", await (await host.SendAsync(HttpMethod.Delete, "/instances?runtimeStatus=Completed")).ProblemAsync(HttpStatusCode.BadRequest));
        Assert.Equal("""{"instancesDeleted":0}""", await (await host.SendAsync(HttpMethod.Delete, "/instances?createdTimeFrom=2000-01-01&createdTimeTo=2000-01-02")).Content.ReadAsStringAsync());
        Assert.Equal("""{"instancesDeleted":0}""", await (await host.SendAsync(HttpMethod.Delete, "/instances?createdTimeFrom=2000-01-01&runtimeStatus=Failed")).Content.ReadAsStringAsync());
        Assert.Equal("""{"instancesDeleted":1}""", await (await host.SendAsync(HttpMethod.Delete, "/instances?createdTimeFrom=2000-01-01")).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{ broken", "application/json", HttpStatusCode.BadRequest, "The body is not JSON")]
    [InlineData("{}", "text/plain", HttpStatusCode.BadRequest, "content type application/json")]
    [InlineData(null, "application/json", HttpStatusCode.RequestEntityTooLarge, "At most 1048576 bytes")]
    public async Task Body_that_is_no_json_or_too_large_is_refused(string? body, string type, HttpStatusCode status, string detail)
    {
        await using var host = await StartAsync();
        await host.BeginAsync("Waiting", "one");
        body ??= $"\"{new string('x', 1024 * 1024)}\"";
        Assert.Contains(detail, await (await host.SendAsync(HttpMethod.Post, "/instances/one/raiseEvent/Go", body, type)).ProblemAsync(status));
        Assert.Contains(detail, await (await host.SendAsync(HttpMethod.Post, "/orchestrators/Echo", body, type)).ProblemAsync(status));
    }

    [Fact]
    public async Task Start_that_is_not_possible_says_why()
    {
        await using var host = await StartAsync();
        Assert.EndsWith("There are: Echo, Failing, Waiting.", await (await host.SendAsync(HttpMethod.Post, "/orchestrators/Nothing")).ProblemAsync(HttpStatusCode.BadRequest));
        Assert.EndsWith("not beginning with @.", await (await host.SendAsync(HttpMethod.Post, "/orchestrators/Echo/@one")).ProblemAsync(HttpStatusCode.BadRequest));
        await host.BeginAsync("Waiting", "one");
        Assert.Contains("exists already", await (await host.SendAsync(HttpMethod.Post, "/orchestrators/Echo/one")).ProblemAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Orchestrator_is_not_run_by_hand_and_the_answer_says_how()
    {
        await using var host = await StartAsync();
        var answer = await host.Http.PostAsync($"/admin/functions/echo?code={host.MasterKey}", new StringContent("{}"));
        Assert.Contains($"POST {Managed.Path}/orchestrators/Echo", await answer.ProblemAsync(HttpStatusCode.NotFound));
    }
}
