using System.Globalization;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Forecasting;

/// <summary>A series in words: its name, its figures in a line, what raised and lowered its forecast.</summary>
internal static class SeriesWords
{
    private const int Lately = 28,
        MostEffects = 3;

    private const double SmallestEffect = 0.05;

    public static string Name(ReportModel model, int i)
    {
        var key = model.History.Series[i].Key;
        return model.Facts[i].Title is { Length: > 0 } title ? $"{title} ({key.Sku}) at {key.Location}" : key.ToString();
    }

    public static string Summary(ReportModel model, int i)
    {
        var horizon = model.Result.Forecasts[i].Horizon;
        var (sold, days) = model.Sold(i, Lately);
        var parts = new List<string> { $"{Quantities.Units(model.Expected(i, horizon))} expected in {Quantities.Of(horizon, "day")}" };
        if (days > 0)
            parts.Add($"{Quantities.Units(sold)} sold in the last {days}");
        parts.Add(
            model.Facts[i].Stock is { Counted: { } counted } stock
                ? $"{Quantities.Units((double)stock.Available)} available, counted {Dates.Near(counted)}"
                : "stock never counted"
        );
        parts.Add($"{model.Result.Segments[i]}, {model.MethodOf(i)}");
        return string.Join(" · ", parts);
    }

    /// <returns>Empty where nothing moved it.</returns>
    public static string Effects(ReportModel model, int i)
    {
        var effects = i < model.Result.Effects.Count ? model.Result.Effects[i] : [];
        var raised = Listed("Raised by", effects.Where(static e => e.Units >= SmallestEffect));
        var lowered = Listed("Lowered by", effects.Where(static e => e.Units <= -SmallestEffect));
        return string.Join(" ", new[] { raised, lowered }.Where(static words => words.Length > 0));
    }

    private static string Listed(string start, IEnumerable<FeatureEffect> effects)
    {
        var words = effects.Take(MostEffects).Select(static e => $"{e.Feature} ({Signed(e.Units)} a day)").ToList();
        return words.Count == 0 ? "" : $"{start} {string.Join(", ", words)}.";
    }

    private static string Signed(double units) => units.ToString("+0.#;-0.#", CultureInfo.InvariantCulture);
}
