using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Engine;
using Stockgate.Emulator.DurableTask.Engine.Operations;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Replay;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Client;

/// <summary>The client of a task hub in this process.</summary>
internal sealed partial class HubClient(TaskHub hub, string name = "") : DurableTaskClient(name)
{
    private const int LongestId = 100;

    private static readonly HashSet<OrchestrationRuntimeStatus> Unfinished =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.ContinuedAsNew];

    private DataConverter Converter => hub.Options.Converter;

    private DateTime Now => hub.Time.GetUtcNow().UtcDateTime;

    public TaskHub Hub => hub;

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        CheckId(id);
        var version = options?.Version is { } given ? given.Version : hub.Options.DefaultVersion;
        hub.CheckOrchestrator(orchestratorName.Name, version);
        var wanted = new NewInstance(id, orchestratorName.Name, string.IsNullOrEmpty(version) ? null : version, Payloads.Write(Converter, input, $"The input of orchestrator '{orchestratorName.Name}'"))
        {
            Tags = options?.Tags is { Count: > 0 } tags ? HistoryJson.WriteTags(tags) : null,
            Starts = options?.StartAt?.UtcTicks ?? 0,
            Trace = Activity.Current?.Id,
        };
        return hub.Writer.Run(new StartOperation(wanted, Kept(options))).WaitAsync(cancellation);
    }

    public override async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        await SendAsync(instanceId, new EventRaised(Now, eventName, Payloads.Write(Converter, eventPayload, $"The payload of event '{eventName}'")), cancellation);
    }

    public override async Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await SendAsync(instanceId, new ExecutionSuspended(Now, reason), cancellation);
    }

    public override async Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await SendAsync(instanceId, new ExecutionResumed(Now, reason), cancellation);
    }

    public override async Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var output = Payloads.Write(Converter, options?.Output, $"The output that instance '{instanceId}' is terminated with");
        await hub.Writer.Run(new TerminateOperation(instanceId, output, options?.Recursive ?? false)).WaitAsync(cancellation);
    }

    public override async Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var old = await hub.Writer.Run(new ReadOperation(instanceId, texts: true)).WaitAsync(cancellation)
            ?? throw new ArgumentException($"There is no orchestration instance '{instanceId}' to restart.", nameof(instanceId));
        var id = restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId;
        var wanted = new NewInstance(id, old.Row.Name, old.Row.Version, old.Input) { Tags = old.Tags, Trace = Activity.Current?.Id };
        return await hub.Writer.Run(new StartOperation(wanted, Unfinished)).WaitAsync(cancellation);
    }

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) =>
        throw new NotSupportedException("Rewinding is not emulated. Restart the instance, or start a new one from where it failed.");

    /// <summary>The hub belongs to the host, which closes it.</summary>
    public override ValueTask DisposeAsync() => default;

    /// <summary>Sends a message; answers the instance's row as it stood, null where there is none.</summary>
    public Task<InstanceRow?> SendAsync(string instanceId, HistoryEvent message, CancellationToken cancellation) =>
        hub.Writer.Run(new SendOperation(instanceId, message)).WaitAsync(cancellation);

    private static HashSet<OrchestrationRuntimeStatus> Kept(StartOrchestrationOptions? options) => options?.DedupeStatuses is { } names
        ? [.. names.Select(status => Enum.TryParse<OrchestrationRuntimeStatus>(status, ignoreCase: true, out var parsed)
            ? parsed
            : throw new ArgumentException($"'{status}' in DedupeStatuses is not a status. There are: {string.Join(", ", StartOrchestrationOptionsExtensions.ValidDedupeStatuses)}."))]
        : Unfinished;

    private static void CheckId(string id)
    {
        if (id.Length is 0 or > LongestId || id.AsSpan().IndexOfAny("/\\#?") >= 0 || id.Any(char.IsControl) || id[0] == '@')
            throw new ArgumentException($"'{id}' can't be an instance id: 1 to {LongestId} characters, without / \\ # ? and control characters, and not beginning with @.", "options");
    }
}
