using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Ingest.Files;

namespace Stockgate.Functions.Ingest;

/// <summary>
/// Looks into the inbox: starts work on files that were put there, and again on those that lost their orchestration. What is done is not
/// in the inbox any more.
/// </summary>
public sealed class AdoptFiles(FileInbox inbox, FileBlobs blobs, ILogger<AdoptFiles> logger)
{
    [Function("AdoptFiles")]
    public async Task Run(
        [TimerTrigger("*/20 * * * * *", RunOnStartup = true)] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        await inbox.PrepareAsync(cancellationToken);
        IReadOnlySet<string>? owned = null;
        await foreach (var blob in blobs.ListAsync(cancellationToken))
        {
            if (await inbox.ClaimAsync(blob, cancellationToken) is not { } file)
                continue;
            owned ??= await OrchestrationOwner.OpenAsync(client, WorkFile.Prefix, cancellationToken);
            if (!owned.Contains(WorkFile.InstanceOf(file)) && await WorkFile.EnsureAsync(client, file, cancellationToken))
                logger.LogInformation("File {File} of channel {Channel} is being worked", file.Name, file.Channel);
        }
    }
}
