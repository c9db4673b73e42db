using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Engine;
using Stockgate.Emulator.DurableTask.Engine.Operations;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Client;

internal sealed partial class HubClient
{
    public override async Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return await hub.Writer.Run(new ReadOperation(instanceId, getInputsAndOutputs)).WaitAsync(cancellation) is { } state ? Metadata(state) : null;
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(new WatchOperation(instanceId, untilEnded: false, getInputsAndOutputs), cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(new WatchOperation(instanceId, untilEnded: true, getInputsAndOutputs), cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        return AsyncPageable<OrchestrationMetadata>.Create(async (token, size, cancellation) =>
        {
            var (found, next) = await PageAsync(Fits(query), Position(token ?? query.ContinuationToken), size ?? query.PageSize, query.FetchInputsAndOutputs, cancellation);
            return new Page<OrchestrationMetadata>([.. found.Select(Metadata)], next);
        });
    }

    public override async Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null, DateTimeOffset? completedTimeFrom = null, DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize, string? lastInstanceKey = null, CancellationToken cancellation = default)
    {
        var statuses = runtimeStatus?.ToHashSet();
        var (from, to) = (completedTimeFrom?.UtcTicks ?? 1, completedTimeTo?.UtcTicks ?? long.MaxValue);
        // It lists what has ended, by when.
        bool Ended(InstanceRow row) => row.IsEnded && (statuses is not { Count: > 0 } || statuses.Contains(row.Status)) && row.Completed >= from && row.Completed <= to;
        var (found, next) = await PageAsync(Ended, Position(lastInstanceKey), pageSize, texts: false, cancellation);
        return new Page<string>([.. found.Select(state => state.Row.Id)], next);
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return new PurgeResult(await hub.Writer.Run(new PurgeOperation(instanceId, options?.Recursive ?? false)).WaitAsync(cancellation), true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var fits = Fits(new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, filter.Statuses));
        var begun = hub.Time.GetTimestamp();
        var (removed, last, isEnd) = (0, 0L, false);
        while (!isEnd)
        {
            if (filter.Timeout is { } limit && hub.Time.GetElapsedTime(begun) > limit) break;
            (var more, last, isEnd) = await hub.Writer.Run(new PurgePageOperation(fits, options?.Recursive ?? false, last)).WaitAsync(cancellation);
            removed += more;
        }
        return new PurgeResult(removed, isEnd);
    }

    /// <summary>An instance with its recorded history; null where there is none.</summary>
    public Task<(InstanceState State, IReadOnlyList<HistoryEvent> Events)?> ReadHistoryAsync(string instanceId, CancellationToken cancellation) =>
        hub.Writer.Run(new ReadHistoryOperation(instanceId)).WaitAsync(cancellation);

    private async Task<OrchestrationMetadata> WaitAsync(WatchOperation watch, CancellationToken cancellation) =>
        Metadata(await hub.Writer.RunCancellable(watch, watch.GiveUp, hub => hub.Watchers.Remove(watch), cancellation, CancellationToken.None));

    private async Task<(List<InstanceState> Found, string? Next)> PageAsync(Func<InstanceRow, bool> fits, long after, int size, bool texts, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var found = new List<InstanceState>();
        while (true)
        {
            var page = await hub.Writer.Run(new PageOperation(fits, after, size - found.Count, texts)).WaitAsync(cancellation);
            found.AddRange(page.Found);
            after = page.Last;
            if (page.IsEnd) return (found, null);
            if (found.Count == size) return (found, after.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static Func<InstanceRow, bool> Fits(OrchestrationQuery query)
    {
        var statuses = query.Statuses?.ToHashSet();
        var (from, to) = (query.CreatedFrom?.UtcTicks ?? 0, query.CreatedTo?.UtcTicks ?? long.MaxValue);
        return row => row.Created >= from && row.Created <= to
            && (statuses is not { Count: > 0 } || statuses.Contains(row.Status))
            && (query.InstanceIdPrefix is not { } prefix || row.Id.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static long Position(string? token) =>
        string.IsNullOrEmpty(token) ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key
        : throw new ArgumentException($"'{token}' is not a continuation token of this hub. Take it from the page before, unchanged.");

    private OrchestrationMetadata Metadata(InstanceState state) => new(state.Row.Name, state.Row.Id)
    {
        DataConverter = Converter,
        RuntimeStatus = state.Row.Status,
        CreatedAt = new DateTimeOffset(state.Row.Created, TimeSpan.Zero),
        LastUpdatedAt = new DateTimeOffset(state.Row.Updated, TimeSpan.Zero),
        SerializedInput = state.Input,
        SerializedOutput = state.Output,
        SerializedCustomStatus = state.CustomStatus,
        Tags = HistoryJson.ReadTags(state.Tags),
        FailureDetails = state.Failure,
        RequestedInputsAndOutputs = state.HasTexts,
    };
}
