using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Tests.DurableTask.Api;

public sealed class ClientTests
{
    [Fact]
    public void Dedupe_statuses_are_kept_by_name()
    {
        var options = new StartOrchestrationOptions("i").WithDedupeStatuses(OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running);
        Assert.Equal(["Failed", "Running"], options.DedupeStatuses!);
        Assert.Equal("i", options.InstanceId);
    }

    [Fact]
    public void A_status_that_cannot_keep_a_place_is_refused_with_those_that_can()
    {
        var refused = Assert.Throws<ArgumentException>(() => new StartOrchestrationOptions().WithDedupeStatuses(OrchestrationRuntimeStatus.ContinuedAsNew));
        Assert.Contains("Completed, Failed, Terminated, Canceled, Pending, Running, Suspended", refused.Message);
    }

    [Fact]
    public void What_was_fetched_is_read_and_what_is_not_there_is_default()
    {
        var metadata = new OrchestrationMetadata("Run", "i") { SerializedInput = "[1,2]", RequestedInputsAndOutputs = true };
        Assert.Equal([1, 2], metadata.ReadInputAs<int[]>()!);
        Assert.Equal(0, metadata.ReadOutputAs<int>());
        Assert.Null(metadata.ReadCustomStatusAs<string>());
    }

    [Fact]
    public void Reading_what_was_not_fetched_says_how_to_fetch_it() =>
        Assert.Contains("getInputsAndOutputs: true", Assert.Throws<InvalidOperationException>(() => new OrchestrationMetadata("Run", "i").ReadOutputAs<int>()).Message);

    [Fact]
    public async Task Pages_are_walked_to_the_last_and_can_begin_anywhere()
    {
        var pages = AsyncPageable<int>.Create((token, size, _) =>
        {
            var from = int.Parse(token ?? "0");
            var count = size ?? 2;
            return Task.FromResult(new Page<int>([.. Enumerable.Range(from, Math.Min(count, 5 - from))], from + count < 5 ? $"{from + count}" : null));
        });
        List<int> values = [];
        await foreach (var value in pages) values.Add(value);
        Assert.Equal([0, 1, 2, 3, 4], values);
        List<int> sizes = [];
        await foreach (var page in pages.AsPages("1", 3)) sizes.Add(page.Values.Count);
        Assert.Equal([3, 1], sizes);
    }
}
