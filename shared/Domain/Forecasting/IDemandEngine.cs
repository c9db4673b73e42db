using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Forecasting;

/// <summary>Forecasts a history; called by the nightly run.</summary>
public interface IDemandEngine
{
    /// <summary>Learns, tests itself on the end of the history, and forecasts every series.</summary>
    /// <param name="history">What is known.</param>
    /// <param name="championsJson">The model file <see cref="ChampionsFile"/> of the forecast in force; null if none.</param>
    /// <param name="progress">Told what it does and the share of the whole that is done, 0 to 1. May be told often.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    ForecastResult Run(
        SalesHistory history,
        string? championsJson,
        IProgress<(string Step, double Share)>? progress,
        CancellationToken cancellationToken
    );

    /// <summary>The name among <see cref="ForecastResult.Models"/> of the state passed to the next run.</summary>
    const string ChampionsFile = "champions.json";
}
