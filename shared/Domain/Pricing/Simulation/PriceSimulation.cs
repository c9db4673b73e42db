using Stockgate.Domain.Forecasting;

namespace Stockgate.Domain.Pricing;

/// <summary>Replays a history through the policy.</summary>
public static class PriceSimulation
{
    /// <exception cref="ArgumentException">The settings don't fit the history.</exception>
    /// <exception cref="OperationCanceledException">It was asked to end.</exception>
    public static PriceSimulationResult Run(SalesHistory history, SimulationSettings settings, IProgress<double>? progress = null, CancellationToken cancelled = default) => throw new NotImplementedException();
}
