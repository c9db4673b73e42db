using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Testing;

namespace Stockgate.Emulator.Tests.DurableTask;

public sealed class LocalTaskHubTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-").FullName;

    private static DurableTaskRegistry Tasks => new DurableTaskRegistry()
        .AddActivityFunc<int, int>("Double", (_, number) => number * 2)
        .AddOrchestratorFunc<int, int>("Twice", async (context, number) =>
        {
            var doubled = await context.CallActivityAsync<int>("Double", number);
            await context.WaitForExternalEvent<string>("go");
            return await context.CallActivityAsync<int>("Double", doubled);
        });

    private string HubFile => Path.Combine(folder, "hub.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Orchestrations_written_in_place_run(bool replayEveryTurn)
    {
        await using var hub = LocalTaskHub.Start(Tasks, replayEveryTurn: replayEveryTurn);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Twice", 3);
        await hub.Client.RaiseEventAsync(id, "go");
        Assert.Equal(12, (await hub.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_hub_with_a_file_goes_on_where_it_was_closed()
    {
        string id;
        await using (var hub = LocalTaskHub.Start(Tasks, path: HubFile))
        {
            id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Twice", 3);
            await hub.Client.WaitForInstanceStartAsync(id);
        }
        await using var again = LocalTaskHub.Start(Tasks, path: HubFile);
        await again.Client.RaiseEventAsync(id, "go");
        Assert.Equal(12, (await again.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_file_that_is_open_is_not_opened_twice()
    {
        await using var hub = LocalTaskHub.Start(Tasks, path: HubFile);
        var refused = Assert.Throws<InvalidOperationException>(() => LocalTaskHub.Start(Tasks, path: HubFile));
        Assert.Contains("is in use by another process", refused.Message, StringComparison.Ordinal);
    }
}
