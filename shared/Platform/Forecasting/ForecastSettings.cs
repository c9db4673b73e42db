using System.Globalization;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain;

namespace Stockgate.Platform.Forecasting;

/// <summary>
/// <c>Forecasts__DailyAt</c> (02:30, UTC; <c>never</c>), <c>Forecasts__Horizon</c> (28 days), <c>Forecasts__HistoryDays</c> (1095), <c>Forecasts__Regions__LOCATION</c> (the region of a location; where it is not
/// set, the one in which the newest promotion lists it).
/// </summary>
public sealed class ForecastSettings
{
    /// <exception cref="InvalidOperationException">A setting can't be used.</exception>
    public ForecastSettings(IConfiguration configuration)
    {
        var section = configuration.GetSection("Forecasts");
        Horizon = Whole(section, "Horizon", 28, 1, 182);
        HistoryDays = Whole(section, "HistoryDays", 1_095, 28, 3_660);
        DailyAt = section["DailyAt"] is not { Length: > 0 } at ? new TimeOnly(2, 30) : at == "never" ? null
            : TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
            : throw new InvalidOperationException($"The setting Forecasts__DailyAt is '{at}'; give a time in UTC such as 02:30, or never.");
        Regions = section.GetSection("Regions").GetChildren().Where(static s => !string.IsNullOrWhiteSpace(s.Value)).ToDictionary(static s => new LocationId(s.Key), static s => s.Value!.Trim());
    }

    /// <summary>When a run begins each day, UTC; null for never.</summary>
    public TimeOnly? DailyAt { get; }

    /// <summary>Days that are forecast, 1 to 182.</summary>
    public int Horizon { get; }

    /// <summary>Days that are learnt from at most, 28 to 3660.</summary>
    public int HistoryDays { get; }

    public IReadOnlyDictionary<LocationId, string> Regions { get; }

    private static int Whole(IConfigurationSection section, string name, int usual, int least, int most) => section[name] is not { Length: > 0 } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new InvalidOperationException($"The setting Forecasts__{name} is '{text}'; give a whole number from {least} to {most}.");
}
