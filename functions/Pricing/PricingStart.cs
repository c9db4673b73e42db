using Microsoft.DurableTask.Client;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing.Runs;

namespace Stockgate.Functions.Pricing;

/// <summary>Starts a run over prices where none is under way.</summary>
internal static class PricingStart
{
    /// <returns>Null where one is under way.</returns>
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
