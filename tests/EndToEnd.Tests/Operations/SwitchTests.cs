using System.Text.Json;

namespace Stockgate.EndToEnd.Tests.Operations;

/// <summary>An operator stops a part of the system, and lets it go on.</summary>
public class SwitchTests
{
    private static async Task SetAsync(RunningApp running, string name, bool on)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { on, reason = "the ERP sends wrong costs" });
        using var response = await running.CallAsync(HttpMethod.Put, $"switches/{name}", RunningApp.Reader, body);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Read_only_refuses_changes_and_takes_events_in_until_it_is_off()
    {
        await using var running = await RunningApp.StartAsync();
        async Task<HttpResponseMessage> ChangeAsync() =>
            await running.CallAsync(HttpMethod.Post, "replays", RunningApp.Reader, """{"from":"2026-01-01T00:00:00Z"}"""u8.ToArray());

        await SetAsync(running, "ReadOnly", true);
        using (var refused = await ChangeAsync())
        {
            await Problem.IsAsync(refused, 503, "read-only", null);
            Assert.Contains("the ERP sends wrong costs", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        await running.Partner.AcceptedAsync(Events.Counted("switched", 7));
        await running.ProjectedAsync();
        Assert.Equal(7, (await running.ReadAsync("inventory/switched")).GetProperty("availableToPromise").GetDecimal());

        await SetAsync(running, "ReadOnly", false);
        using (var allowed = await ChangeAsync())
            Assert.Equal(202, (int)allowed.StatusCode);
        var chain = await running.ReadAsync("decisions/switch%20ReadOnly");
        Assert.True(chain.GetProperty("chainIsWhole").GetBoolean());
        Assert.Equal(
            ["switched on", "switched off"],
            chain.GetProperty("records").EnumerateArray().Select(static r => r.GetProperty("decision").GetString())
        );
    }

    [Fact]
    public async Task A_switch_needs_a_reason_and_a_name_that_there_is()
    {
        await using var running = await RunningApp.StartAsync();
        using var unexplained = await running.CallAsync(
            HttpMethod.Put,
            "switches/AgentsOff",
            RunningApp.Reader,
            """{"on":true,"reason":" "}"""u8.ToArray()
        );
        await Problem.IsAsync(unexplained, 400, "unfit-switch", "reason");
        using var unknown = await running.CallAsync(
            HttpMethod.Put,
            "switches/Everything",
            RunningApp.Reader,
            """{"on":true,"reason":"x"}"""u8.ToArray()
        );
        await Problem.IsAsync(unknown, 404, "unknown-switch", "name");
        var all = await running.ReadAsync("switches");
        Assert.All(all.EnumerateArray(), static s => Assert.False(s.GetProperty("on").GetBoolean()));
        Assert.Equal(4, all.GetArrayLength());
    }
}
