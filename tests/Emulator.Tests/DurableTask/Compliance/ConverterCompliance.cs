using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>Converters of the app's own.</summary>
public abstract class ConverterCompliance : DurableTaskCompliance
{
    [Fact]
    public async Task All_that_is_stored_and_read_goes_through_it()
    {
        var converter = new Marking();
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            c.SetCustomStatus("status");
            var child = await c.CallSubOrchestratorAsync<string>("Child", "child input");
            var received = await c.WaitForExternalEvent<string>("go");
            if (c.GetInput<string>() != "again") c.ContinueAsNew("again");
            return $"{c.GetInput<string>()}, {child}, {received}";
        }).AddOrchestratorFunc<string, string>("Child", async (c, input) => $"{input}, {await c.CallActivityAsync<string>("Act", "activity input")}")
          .AddActivityFunc<string, string>("Act", (_, input) => input + ", result"), new TestHubSettings { Converter = converter });
        var id = await BeginAsync(hub, "input");
        await hub.Client.RaiseEventAsync(id, "go", "event", Bound);
        await hub.Client.RaiseEventAsync(id, "go", "event 2", Bound);
        var end = await EndAsync(hub, id);
        Assert.Equal("again, child input, activity input, result, event 2", Output<string>(end));
        Assert.Equal("status", end.ReadCustomStatusAs<string>());
        Assert.All([end.SerializedInput, end.SerializedOutput, end.SerializedCustomStatus], text => Assert.StartsWith("mark:", text));
    }

    [Fact]
    public async Task An_input_that_it_refuses_is_refused_to_who_starts_it()
    {
        await using var hub = await RefusingAsync(Orchestrate(_ => Task.CompletedTask));
        AssertContains((await Assert.ThrowsAsync<InvalidOperationException>(() => BeginAsync(hub, Refused))).Message, "input", $"'{Name}'", "not this one");
        Assert.Empty(await hub.Client.GetAllInstancesAsync().ToListAsync());
    }

    [Fact]
    public async Task An_event_that_it_refuses_is_refused_to_who_sends_it()
    {
        await using var hub = await RefusingAsync(Orchestrate(c => c.WaitForExternalEvent<string>("go")));
        var id = await BeginAsync(hub);
        AssertContains((await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RaiseEventAsync(id, "go", Refused, Bound))).Message, "event 'go'", "not this one");
        await hub.Client.RaiseEventAsync(id, "go", "fine", Bound);
        Assert.Equal("fine", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task An_output_to_terminate_with_that_it_refuses_is_refused_and_the_instance_goes_on()
    {
        await using var hub = await RefusingAsync(Orchestrate(c => c.WaitForExternalEvent<string>("go")));
        var id = await BeginAsync(hub);
        AssertContains((await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.TerminateInstanceAsync(id, (object?)Refused, Bound))).Message, id);
        await hub.Client.RaiseEventAsync(id, "go", "fine", Bound);
        Assert.Equal("fine", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public Task An_activitys_result_that_it_refuses_fails_the_call() =>
        FailsAsync(["result", "'Act'"], Orchestrate(c => c.CallActivityAsync<string>("Act")).AddActivityFunc("Act", _ => Refused));

    [Fact]
    public Task An_activitys_input_that_it_refuses_fails_the_call() =>
        FailsAsync(["input", "'Act'"], Orchestrate(c => c.CallActivityAsync<string>("Act", Refused)).AddActivityFunc("Act", _ => ""));

    [Fact]
    public Task A_childs_input_that_it_refuses_fails_the_call() =>
        FailsAsync(["input", "'Child'"], Orchestrate(c => c.CallSubOrchestratorAsync<string>("Child", Refused)).AddOrchestratorFunc<string, string>("Child", (_, text) => Task.FromResult(text)));

    [Fact]
    public Task An_orchestrators_output_that_it_refuses_fails_the_instance() => FailsAsync(["output", $"'{Name}'"], Orchestrate(_ => Task.FromResult(Refused)));

    [Fact]
    public Task A_custom_status_that_it_refuses_fails_the_instance() => FailsAsync(["custom status", $"'{Name}'"], Orchestrate(c =>
    {
        c.SetCustomStatus(Refused);
        return Task.CompletedTask;
    }));

    [Fact]
    public Task An_event_that_an_orchestrator_sends_and_it_refuses_fails_the_instance() => FailsAsync(["event 'go'"], Orchestrate(c =>
    {
        c.SendEvent("nobody", "go", Refused);
        return Task.CompletedTask;
    }));

    [Fact]
    public Task A_next_input_that_it_refuses_fails_the_instance() => FailsAsync(["input", $"'{Name}'"], Orchestrate(c =>
    {
        c.ContinueAsNew(Refused);
        return Task.CompletedTask;
    }));

    [Fact]
    public async Task An_event_that_it_cant_read_is_an_error_that_names_the_event()
    {
        await using var hub = await RefusingAsync(Orchestrate(c => c.WaitForExternalEvent<string>("go")));
        var id = await BeginAsync(hub);
        await hub.Client.RaiseEventAsync(id, "go", Unreadable, Bound);
        AssertContains(Failure(await EndAsync(hub, id)).ErrorMessage, "event 'go'", $"'{Name}'", "can't read");
    }

    [Fact]
    public Task An_input_that_it_cant_read_fails_the_instance_or_the_call() =>
        Task.WhenAll(
            FailsAsync([$"input of orchestrator '{Name}'", "can't read"], new DurableTaskRegistry().AddOrchestratorFunc<string>(Name, (_, _) => Task.CompletedTask), Unreadable, ""),
            FailsAsync(["input of activity 'Act'", "can't read"], Orchestrate(c => c.CallActivityAsync("Act", Unreadable)).AddActivityFunc<string>("Act", (_, _) => { }), null, ""),
            FailsAsync(["result of activity 'Act'", "can't read"], Orchestrate(c => c.CallActivityAsync<string>("Act")).AddActivityFunc("Act", _ => Unreadable), null, ""));

    private const string Refused = "refused", Unreadable = "unreadable";

    private Task<ITestHub> RefusingAsync(DurableTaskRegistry tasks) => StartAsync(tasks, new TestHubSettings { Converter = new Refusing() });

    private async Task FailsAsync(string[] named, DurableTaskRegistry tasks, object? input = null, string said = "not this one") =>
        AssertContains((await FailureAsync(tasks, input, new TestHubSettings { Converter = new Refusing() })).ErrorMessage, [.. named, said]);

    private sealed class Marking : DataConverter
    {
        [return: NotNullIfNotNull(nameof(value))]
        public override string? Serialize(object? value) => value is null ? null : "mark:" + JsonSerializer.Serialize(value);

        public override object? Deserialize(string? data, Type targetType) =>
            data is null ? null : JsonSerializer.Deserialize(data.StartsWith("mark:", StringComparison.Ordinal) ? data[5..] : throw new FormatException(data), targetType);
    }

    private sealed class Refusing : DataConverter
    {
        [return: NotNullIfNotNull(nameof(value))]
        public override string? Serialize(object? value) => value is Refused ? throw new NotSupportedException("not this one") : value is null ? null : JsonSerializer.Serialize(value);

        public override object? Deserialize(string? data, Type targetType) =>
            data is null ? null : data.Contains(Unreadable, StringComparison.Ordinal) ? throw new ApplicationException("can't read") : JsonSerializer.Deserialize(data, targetType);
    }
}
