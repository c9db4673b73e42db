using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace Stockgate.Functions.Orchestrations;

/// <summary>
/// Signals a change to an orchestration. The tables hold the change; the signal only ends a wait, so a lost or repeated signal is harmless,
/// and one to a missing or ended orchestration has no effect.
/// </summary>
internal static class Signal
{
    /// <summary>The event that ends the wait.</summary>
    public const string Name = "Changed";

    /// <summary>A person waits for the result: the orchestration reacts at once.</summary>
    public const string Urgent = "now";

    /// <summary>One of many changes, which are handled in batches.</summary>
    public const string Usual = "changed";

    public static async Task RaiseAsync(DurableTaskClient client, string instance, string urgency, CancellationToken cancellationToken)
    {
        try
        {
            await client.RaiseEventAsync(instance, Name, urgency, cancellationToken);
        }
        catch (RpcException gone) when (gone.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // Nobody waits. host.json asks the extension not to throw then; a host with another setting must not dead-letter messages
            // that were applied.
        }
    }
}
