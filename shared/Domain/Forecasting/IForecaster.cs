using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting;

/// <summary>A way to forecast the mean of daily demand.</summary>
public interface IForecaster
{
    /// <summary>Short and stable; the name in reports, metrics and model cards.</summary>
    string Name { get; }

    /// <summary>Mean units of every series on each day of the horizon; finite and 0 or more.</summary>
    /// <param name="history">
    /// What is known; nothing behind its last day may be looked at except prices, marks and the calendar of the horizon.
    /// </param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken);
}
