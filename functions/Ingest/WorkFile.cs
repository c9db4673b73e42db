using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Ingest.Files;

namespace Stockgate.Functions.Ingest;

/// <summary>
/// Orchestration that works a file, some slices an activity. The file's own row has the checkpoint, so that it goes on at the record after
/// a restart.
/// </summary>
public sealed class WorkFile(FileWork work)
{
    internal const string Prefix = "file-";

    // Continues as new after a number of activities, so that the history of a file of a million lines stays short.
    private const int ActivitiesPerExecution = 50;

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1))
    );

    [Function(nameof(WorkFile))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var key = context.GetInput<FileKey>()!;
        for (var activity = 0; activity < ActivitiesPerExecution; activity++)
            if (await context.CallActivityAsync<bool>(nameof(WorkFileSlices), key, Retries))
                return;
        context.ContinueAsNew(key);
    }

    [Function(nameof(WorkFileSlices))]
    public Task<bool> WorkFileSlices([ActivityTrigger] FileKey key, CancellationToken cancellationToken) =>
        work.WorkAsync(key, cancellationToken);

    internal static string InstanceOf(ChannelFile file) =>
        $"{Prefix}{Uri.EscapeDataString(file.Channel.Value)}-{Uri.EscapeDataString(file.Name)}";

    internal static Task<bool> EnsureAsync(DurableTaskClient client, ChannelFile file, CancellationToken cancellationToken) =>
        OrchestrationOwner.EnsureAsync(client, nameof(WorkFile), InstanceOf(file), new FileKey(file.Channel, file.Name), cancellationToken);
}
