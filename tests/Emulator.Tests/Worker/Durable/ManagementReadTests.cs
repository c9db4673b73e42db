using System.Net;
using System.Text.Json;
using Stockgate.Emulator.DurableTask.History;

namespace Stockgate.Emulator.Tests.Worker.Durable;

/// <summary>Lists and histories of the management endpoints.</summary>
public sealed class ManagementReadTests
{
    private static async Task<WorkerHost> StartAsync()
    {
        var host = await WorkerHost.StartAsync(typeof(ManagementTests.Functions));
        await host.BeginAsync("Echo", "a-1", """{"sku":"tea","quantity":3}""");
        await host.UntilAsync("a-1", "Completed");
        await host.BeginAsync("Failing", "a-2");
        await host.UntilAsync("a-2", "Failed");
        await host.BeginAsync("Waiting", "b-1");
        await host.UntilAsync("b-1", "Running");
        return host;
    }

    private static async Task<string> IdsAsync(WorkerHost host, string query)
    {
        var answer = await host.SendAsync(HttpMethod.Get, $"/instances{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return string.Join(' ', (await answer.ReadAsync()).EnumerateArray().Select(i => i.GetProperty("instanceId").GetString()));
    }

    [Fact]
    public async Task List_filters_and_shows_inputs_unless_told_not_to()
    {
        await using var host = await StartAsync();
        Assert.Equal("a-1 a-2 b-1", await IdsAsync(host, ""));
        Assert.Equal("a-2 b-1", await IdsAsync(host, "?runtimeStatus=failed,Running"));
        Assert.Equal("a-1 a-2", await IdsAsync(host, "?instanceIdPrefix=a-"));
        Assert.Equal("", await IdsAsync(host, "?createdTimeTo=2000-01-01T00:00:00Z"));
        Assert.Equal("a-1 a-2 b-1", await IdsAsync(host, "?createdTimeFrom=2000-01-01T00:00:00Z&createdTimeTo=2100-01-01"));
        var first = (await (await host.SendAsync(HttpMethod.Get, "/instances")).ReadAsync())[0];
        Assert.Equal("tea", first.GetProperty("input").GetProperty("sku").GetString());
        Assert.Equal("tea", first.GetProperty("output").GetProperty("sku").GetString());
        Assert.Equal(JsonValueKind.Null, (await (await host.SendAsync(HttpMethod.Get, "/instances?showInput=false")).ReadAsync())[0].GetProperty("input").ValueKind);
    }

    [Fact]
    public async Task List_goes_on_where_its_header_says()
    {
        await using var host = await StartAsync();
        var (ids, token) = (new List<string?>(), (string?)null);
        do
        {
            var page = await host.SendAsync(HttpMethod.Get, "/instances?top=2", continuation: token);
            ids.AddRange((await page.ReadAsync()).EnumerateArray().Select(i => i.GetProperty("instanceId").GetString()));
            token = page.Headers.TryGetValues("x-ms-continuation-token", out var values) ? values.Single() : null;
        }
        while (token is not null);
        Assert.Equal(["a-1", "a-2", "b-1"], ids);
        Assert.Contains("not a continuation token", await (await host.SendAsync(HttpMethod.Get, "/instances", continuation: "soon")).ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("?top=0", "from 1 to 1000")]
    [InlineData("?top=1001", "from 1 to 1000")]
    [InlineData("?runtimeStatus=Happy", "Running, Completed")]
    [InlineData("?runtimeStatus=1", "Running, Completed")]
    [InlineData("?createdTimeFrom=yesterday", "a time such as")]
    [InlineData("?showInput=maybe", "true or false")]
    public async Task Unreadable_query_is_a_bad_request(string query, string detail)
    {
        await using var host = await WorkerHost.StartAsync(typeof(ManagementTests.Functions));
        Assert.Contains(detail, await (await host.SendAsync(HttpMethod.Get, $"/instances{query}")).ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task History_comes_with_the_status_where_asked()
    {
        await using var host = await StartAsync();
        var events = (await host.UntilAsync("a-1", "Completed", "?showHistory=true&showHistoryOutput=true")).GetProperty("historyEvents").EnumerateArray().ToList();
        Assert.Equal(["ExecutionStarted", "TaskCompleted", "ExecutionCompleted"], events.Select(e => e.GetProperty("EventType").GetString()));
        Assert.Equal("tea", events[0].GetProperty("Input").GetProperty("sku").GetString());
        Assert.Equal("Same", events[1].GetProperty("FunctionName").GetString());
        Assert.Equal("tea", events[1].GetProperty("Result").GetProperty("sku").GetString());
        Assert.True(events[1].GetProperty("ScheduledTime").GetDateTime() <= events[1].GetProperty("Timestamp").GetDateTime());
        Assert.Equal("Completed", events[2].GetProperty("OrchestrationStatus").GetString());

        var bare = (await host.UntilAsync("a-1", "Completed", "?showHistory=true&showInput=false")).GetProperty("historyEvents").GetRawText();
        Assert.DoesNotContain("tea", bare);
        var failed = (await host.UntilAsync("a-2", "Failed", "?showHistory=true")).GetProperty("historyEvents").EnumerateArray().ToList();
        Assert.True(failed[1].TryGetProperty("FireAt", out _));
        Assert.Equal("no stock", failed[^1].GetProperty("Reason").GetString());
    }

    [Fact]
    public async Task Recorded_history_is_handed_out_as_it_is_kept()
    {
        await using var host = await StartAsync();
        var answer = await host.SendAsync(HttpMethod.Get, "/instances/a-1/history");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var recorded = await answer.ReadAsync();
        Assert.Equal(("Echo", "a-1", "Completed"), (recorded.GetProperty("name").GetString(), recorded.GetProperty("instanceId").GetString(), recorded.GetProperty("runtimeStatus").GetString()));
        var events = recorded.GetProperty("events").Deserialize(HistoryJson.Readable.HistoryEventArray)!;
        Assert.Equal("""{"sku":"tea","quantity":3}""", events.OfType<ExecutionStarted>().Single().Input);
        Assert.Equal("Same", events.OfType<TaskScheduled>().Single().Name);
        await (await host.SendAsync(HttpMethod.Get, "/instances/nobody/history")).ProblemAsync(HttpStatusCode.NotFound);
    }
}
