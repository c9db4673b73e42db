using Microsoft.DurableTask;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>Calls of activities: what goes in, what comes back.</summary>
public abstract partial class ActivityCompliance : DurableTaskCompliance
{
    [Fact]
    public async Task A_result_comes_back() =>
        Assert.Equal(42, await OutputAsync<int>(Orchestrate(c => c.CallActivityAsync<int>("Double", 21)).AddActivityFunc<int, int>("Double", (_, n) => n * 2)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Łódź 🛒 \u0000\u2028\"\\")]
    public async Task Any_text_goes_in_and_comes_back_as_it_is(string? text) =>
        Assert.Equal(text, await OutputAsync<string?>(Orchestrate(c => c.CallActivityAsync<string?>("Echo", text)).AddActivityFunc<string?, string?>("Echo", (_, given) => given)));

    [Fact]
    public async Task A_megabyte_of_text_goes_in_and_comes_back_as_it_is()
    {
        var text = string.Concat(Enumerable.Range(0, 1 << 17).Select(i => $"{i,8:x}"));
        Assert.Equal(text, await OutputAsync<string>(Orchestrate(c => c.CallActivityAsync<string>("Echo", c.GetInput<string>())).AddActivityFunc<string, string>("Echo", (_, given) => given), text));
    }

    [Fact]
    public async Task A_record_and_a_list_of_records_go_in_and_come_back()
    {
        Line[] lines = [new("7290001", 3, 12.90m, new DateOnly(2026, 3, 1)), new("7290002", 0, null, null)];
        var back = await OutputAsync<Line[]>(Orchestrate(async c =>
        {
            var one = await c.CallActivityAsync<Line>("One", lines[0]);
            var all = await c.CallActivityAsync<List<Line>>("All", lines);
            return new[] { one }.Concat(all).ToArray();
        }).AddActivityFunc<Line, Line>("One", (_, line) => line).AddActivityFunc<List<Line>, List<Line>>("All", (_, given) => given));
        Same([lines[0], .. lines], back);
    }

    [Fact]
    public async Task No_input_is_the_default_of_the_activitys_type() =>
        Assert.Equal(7, await OutputAsync<int>(Orchestrate(c => c.CallActivityAsync<int>("Seven")).AddActivityFunc<int, int>("Seven", (_, n) => n + 7)));

    [Fact]
    public async Task An_activity_knows_its_name_and_whose_call_it_is()
    {
        await using var hub = await StartAsync(Orchestrate(c => c.CallActivityAsync<string>("who")).AddActivityFunc("Who", c => $"{c.Name.Name.ToUpperInvariant()} {c.InstanceId}"));
        var end = await RunAsync(hub);
        Assert.Equal($"WHO {end.InstanceId}", Output<string>(end));
    }

    [Fact]
    public async Task Names_are_the_same_in_any_case() =>
        Assert.Equal("yes", await OutputAsync<string>(Orchestrate(c => c.CallActivityAsync<string>("cHARGE")).AddActivityFunc("Charge", _ => "yes")));

    [Fact]
    public async Task The_version_that_is_asked_for_runs_and_else_the_one_without()
    {
        var versions = await OutputAsync<string[]>(Orchestrate(async c => new[]
        {
            await c.CallActivityAsync<string>("Price", new TaskOptions { Version = "2" }),
            await c.CallActivityAsync<string>("Price"),
            await c.CallActivityAsync<string>("Price", new TaskOptions { Version = "3" }),
        }).AddActivityFunc<object?, string>("Price", (_, _) => Task.FromResult("plain")).AddActivityFunc<object?, string>("Price", "2", (c, _) => Task.FromResult("v" + c.Version)));
        Same(["v2", "plain", "plain"], versions);
    }

    [Fact]
    public async Task A_thousand_at_once_give_their_results_in_the_order_of_their_calls()
    {
        var results = await OutputAsync<int[]>(Orchestrate(c => Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => c.CallActivityAsync<int>("Square", i))))
            .AddActivityFunc<int, int>("Square", async (_, i) =>
            {
                if (i % 3 == 0) await Task.Yield();
                return i * i;
            }));
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => i * i), results);
    }

    [Fact]
    public async Task One_called_in_the_last_turn_and_not_awaited_still_runs()
    {
        var ran = new TaskCompletionSource<string>();
        await using var hub = await StartAsync(Orchestrate(c =>
        {
            _ = c.CallActivityAsync("Note", "bye");
            return Task.FromResult("done");
        }).AddActivityFunc<string>("Note", (_, text) => ran.TrySetResult(text)));
        Assert.Equal("done", Output<string>(await RunAsync(hub)));
        Assert.Equal("bye", await ran.Task.WaitAsync(Bound));
    }

    [Fact]
    public async Task The_first_of_two_to_end_is_the_first_that_the_orchestrator_sees()
    {
        var slow = new TaskCompletionSource<string>();
        var tasks = Orchestrate(async c =>
        {
            var late = c.CallActivityAsync<string>("Late");
            var soon = c.CallActivityAsync<string>("Soon");
            var first = await Task.WhenAny(late, soon);
            var seen = first == soon ? "soon" : "late";
            c.SetCustomStatus("seen " + seen);
            return $"{seen} {await late}";
        }).AddActivityFunc("Late", _ => slow.Task).AddActivityFunc("Soon", _ => "soon");
        await using var hub = await StartAsync(tasks);
        var id = await BeginAsync(hub);
        await Eventually(async () => (await GetAsync(hub, id)).ReadCustomStatusAs<string>() == "seen soon");
        slow.SetResult("late");
        Assert.Equal("soon late", Output<string>(await EndAsync(hub, id)));
    }

    private sealed record Line(string Barcode, int Count, decimal? Price, DateOnly? Until);
}
