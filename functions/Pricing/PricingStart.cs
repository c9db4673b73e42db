using Microsoft.DurableTask.Client;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing.Runs;

namespace Stockgate.Functions.Pricing;

/// <summary>Starts a run over prices where none is in progress.</summary>
internal static class PricingStart
{
    /// <returns>Null if one is in progress.</returns>
    public static Task<RunRecord?> TryAsync(
        PriceRun run,
        PriceRuns runs,
        DurableTaskClient client,
        string kind,
        string by,
        ReadOnlyMemory<byte>? draft,
        CancellationToken cancellationToken
    ) =>
        RunStart.TryAsync(
            client,
            runs,
            nameof(RunPricing),
            RunPricing.Instance,
            () => run.BeginAsync(kind, by, draft, cancellationToken),
            cancellationToken
        );
}
