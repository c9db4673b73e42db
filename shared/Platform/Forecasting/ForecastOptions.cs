using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;

namespace Stockgate.Platform.Forecasting;

/// <summary>When forecasts are made, and how much they learn from.</summary>
public sealed class ForecastOptions
{
    private static readonly EngineSettings Usual = new();

    [Setting("time of day, UTC; `never`", "when the nightly run begins")]
    [RegularExpression("never|([01][0-9]|2[0-3]):[0-5][0-9]", ErrorMessage = "is not a time in UTC such as 02:30, or never")]
    public string DailyAt { get; set; } = "02:30";

    [Setting("1 to 182 days", "days that are forecast"), Range(1, 182)]
    public int Horizon { get; set; } = 28;

    [Setting("28 to 3660 days", "days that are learned from, at most"), Range(28, 3_660)]
    public int HistoryDays { get; set; } = 1_095;

    [Setting("region", "the region of a location", Default = "(of the newest promotion that lists it)", Keys = "LOCATION")]
    public Dictionary<string, string> Regions { get; } = [];

    [Setting("", "how often each method is tested on the end of the past"), Range(1, 12)]
    public int Origins { get; set; } = Usual.Origins;

    [Setting("", "trees of the tree method"), Range(1, 5_000)]
    public int Rounds { get; set; } = Usual.Trees.Rounds;

    [Setting("", "days of single items that the trees learn from, at most"), Range(1_000, 20_000_000)]
    public int Rows { get; set; } = Usual.MostRows;
}
