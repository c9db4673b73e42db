using System.Globalization;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;

namespace Stockgate.Platform.Forecasting;

/// <summary>The settings of forecasts, as the runs use them.</summary>
public sealed class ForecastSettings
{
    public ForecastSettings(ForecastOptions options)
    {
        (Horizon, HistoryDays) = (options.Horizon, options.HistoryDays);
        DailyAt = options.DailyAt == "never" ? null : TimeOnly.ParseExact(options.DailyAt, "HH:mm", CultureInfo.InvariantCulture);
        var usual = new EngineSettings();
        Engine = usual with { Origins = options.Origins, MostRows = options.Rows, Trees = usual.Trees with { Rounds = options.Rounds } };
        Engine = Engine with { Challengers = [new MlNet.FastTreeForecaster(Engine)] };
        Regions = options.Regions.ToDictionary(static r => new LocationId(r.Key), static r => r.Value.Trim());
    }

    /// <summary>When a run begins each day, UTC; null for never.</summary>
    public TimeOnly? DailyAt { get; }

    /// <summary>Days that are forecast, 1 to 182.</summary>
    public int Horizon { get; }

    /// <summary>The maximum days of history, 28 to 3660.</summary>
    public int HistoryDays { get; }

    /// <summary>How the engine learns and tests itself.</summary>
    public EngineSettings Engine { get; }

    public IReadOnlyDictionary<LocationId, string> Regions { get; }
}
