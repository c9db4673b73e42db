using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace Stockgate.Functions.Orchestrations;

/// <summary>
/// Tells an orchestration that something changed. What changed is in the tables; the signal only ends a wait, so one that is lost or
/// comes twice does no harm, and one to an orchestration that does not exist or has ended does nothing.
/// </summary>
internal static class Signal
{
    /// <summary>The event that ends the wait.</summary>
    public const string Name = "Changed";

    /// <summary>A person waits for what follows: it is looked at once.</summary>
    public const string Urgent = "now";

    /// <summary>One of many changes: some of them are looked at together.</summary>
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
