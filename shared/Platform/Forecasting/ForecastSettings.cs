using System.Globalization;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;

namespace Stockgate.Platform.Forecasting;

/// <summary>
/// <c>Forecasts__DailyAt</c> (02:30, UTC; <c>never</c>), <c>Forecasts__Horizon</c> (28 days), <c>Forecasts__HistoryDays</c> (1095),
/// <c>Forecasts__Regions__LOCATION</c> (the region of a location; where it is not set, the one in which the newest promotion lists it),
/// <c>Forecasts__Origins</c> (3: how often a method is tested on the end of the history), <c>Forecasts__Rounds</c> (150 trees),
/// <c>Forecasts__Rows</c> (1200000: days that the trees are taught at most).
/// </summary>
public sealed class ForecastSettings
{
    /// <exception cref="InvalidOperationException">A setting is invalid.</exception>
    public ForecastSettings(IConfiguration configuration)
    {
        var section = configuration.GetSection("Forecasts");
        Horizon = Whole(section, "Horizon", 28, 1, 182);
        HistoryDays = Whole(section, "HistoryDays", 1_095, 28, 3_660);
        DailyAt =
            section["DailyAt"] is not { Length: > 0 } at ? new TimeOnly(2, 30)
            : at == "never" ? null
            : TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
            : throw new InvalidOperationException($"The setting Forecasts__DailyAt is '{at}'; give a time in UTC such as 02:30, or never.");
        var usual = new EngineSettings();
        Engine = usual with
        {
            Origins = Whole(section, "Origins", usual.Origins, 1, 12),
            MostRows = Whole(section, "Rows", usual.MostRows, 1_000, 20_000_000),
            Trees = usual.Trees with { Rounds = Whole(section, "Rounds", usual.Trees.Rounds, 1, 5_000) },
        };
        Engine = Engine with { Challengers = [new MlNet.FastTreeForecaster(Engine)] };
        Regions = section
            .GetSection("Regions")
            .GetChildren()
            .Where(static s => !string.IsNullOrWhiteSpace(s.Value))
            .ToDictionary(static s => new LocationId(s.Key), static s => s.Value!.Trim());
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

    private static int Whole(IConfigurationSection section, string name, int usual, int least, int most) =>
        section[name] is not { Length: > 0 } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new InvalidOperationException($"The setting Forecasts__{name} is '{text}'; give a whole number from {least} to {most}.");
}
