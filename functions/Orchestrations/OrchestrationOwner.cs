using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Functions.Orchestrations;

/// <summary>Ensures that an entity has exactly one running orchestration.</summary>
internal static class OrchestrationOwner
{
    private static readonly OrchestrationRuntimeStatus[] Open =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
#pragma warning disable CS0618 // No longer reported, but the storage backend still writes it while an execution begins anew.
        OrchestrationRuntimeStatus.ContinuedAsNew,
#pragma warning restore CS0618
    ];

    /// <returns>True if it had to be started.</returns>
    public static async Task<bool> EnsureAsync(
        DurableTaskClient client,
        string orchestrator,
        string instance,
        object input,
        CancellationToken cancellationToken
    ) =>
        await client.GetInstanceAsync(instance, cancellationToken) is not { IsCompleted: false }
        && await TryStartAsync(client, orchestrator, instance, input, cancellationToken);

    /// <returns>False if an instance with this id was started concurrently.</returns>
    public static async Task<bool> TryStartAsync(
        DurableTaskClient client,
        string orchestrator,
        string instance,
        object input,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                orchestrator,
                input,
                new StartOrchestrationOptions(instance),
                cancellationToken
            );
            return true;
        }
        // The client throws RpcException (AlreadyExists), or the engine's own exception.
        catch (Exception taken) when (taken is OrchestrationAlreadyExistsException or RpcException { StatusCode: StatusCode.AlreadyExists })
        {
            return false;
        }
    }

    /// <summary>The ids of all running instances, in one query for a whole sweep.</summary>
    /// <param name="client">Of the orchestrations.</param>
    /// <param name="prefix">Of their ids.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<IReadOnlySet<string>> OpenAsync(DurableTaskClient client, string prefix, CancellationToken cancellationToken)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        await foreach (
            var instance in client
                .GetAllInstancesAsync(new OrchestrationQuery { Statuses = Open, InstanceIdPrefix = prefix })
                .WithCancellation(cancellationToken)
        )
            open.Add(instance.InstanceId);
        return open;
    }
}
