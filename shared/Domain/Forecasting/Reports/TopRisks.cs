using System.Globalization;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Reports;

/// <summary>Why a series needs attention.</summary>
public enum RiskKind
{
    /// <summary>There is nothing left, and customers are expected.</summary>
    SoldOut,

    /// <summary>What there is will not last.</summary>
    RunsOut,

    /// <summary>Far more is expected than was sold recently.</summary>
    Surge,

    /// <summary>Far less is expected than was sold recently.</summary>
    Drop,
}

/// <summary>A series that needs attention.</summary>
/// <param name="Series">Its place in the history.</param>
/// <param name="Kind">Why.</param>
/// <param name="Units">Units at stake.</param>
/// <param name="Money">Money at stake, in the series' currency; 0 where no price is known.</param>
/// <param name="Words">In a sentence.</param>
public sealed record Risk(int Series, RiskKind Kind, double Units, double Money, string Words);

/// <summary>
/// Ranks the series by risk. A stock figure is used only with a count, because movements alone do not show the stock on hand. At stake are
/// the units that would be missing by the end of the horizon if nothing came in, or those by which a week differs from the weeks before.
/// </summary>
public static class TopRisks
{
    /// <summary>Days within which a stockout is reported.</summary>
    public const int Soon = 14;

    private const int Week = 7,
        Lately = 28;

    private const double Far = 1.5,
        FewUnits = 5;

    /// <summary>The risks, those that matter most first: by money, then by units. A series has one at most.</summary>
    public static IReadOnlyList<Risk> Of(ReportModel model) =>
        [
            .. Enumerable
                .Range(0, model.History.Series.Count)
                .Select(i => Of(model, i))
                .OfType<Risk>()
                .OrderByDescending(static r => r.Money)
                .ThenByDescending(static r => r.Units)
                .ThenBy(static r => r.Series),
        ];

    private static Risk? Of(ReportModel model, int i) => OfStock(model, i) ?? OfChange(model, i);

    private static Risk? OfStock(ReportModel model, int i)
    {
        if (model.Facts[i].Stock is not { Counted: not null } stock)
            return null;
        var (mean, left) = (model.Result.Forecasts[i].Mean, Math.Max(0, (double)stock.Available));
        var whole = model.Expected(i, mean.Length);
        if (left >= whole || whole < 1)
            return null;
        var (sum, day) = (0.0, 0);
        while (day < mean.Length && sum + mean[day] <= left)
            sum += mean[day++];
        if (day >= Math.Min(Soon, mean.Length))
            return null;
        var (missing, aDay) = (whole - left, whole / mean.Length);
        var last = Day(model.Day.AddDays(mean.Length - 1));
        return left < 1
            ? Risk(
                model,
                i,
                RiskKind.SoldOut,
                missing,
                $"is out of stock with {Number(aDay)} a day expected: about {Number(missing)} units of sales are lost by {last} without inbound stock."
            )
            : Risk(
                model,
                i,
                RiskKind.RunsOut,
                missing,
                $"runs out about {Day(model.Day.AddDays(day))}: {Number(left)} left, {Number(aDay)} a day expected. About {Number(missing)} units of sales are lost by {last} without inbound stock."
            );
    }

    private static Risk? OfChange(ReportModel model, int i)
    {
        var (sold, days) = model.Sold(i, Lately);
        if (days < Week)
            return null;
        var (before, after) = (sold / days * Week, model.Expected(i, Week) / Math.Min(Week, model.History.Horizon) * Week);
        if (Math.Abs(after - before) < FewUnits)
            return null;
        var promoted = Enumerable
            .Range(model.History.Days, Math.Min(Week, model.History.Horizon))
            .Any(day => (model.History.Series[i].Marks[day] & DayMarks.Promotion) != 0);
        return after > before * Far
                ? Risk(
                    model,
                    i,
                    RiskKind.Surge,
                    after - before,
                    $"is expected to sell {Number(after)} in the next seven days, against {Number(before)} a week recently{(promoted ? "; a promotion is planned" : "")}. Check its stock."
                )
            : after * Far < before
                ? Risk(
                    model,
                    i,
                    RiskKind.Drop,
                    before - after,
                    $"is expected to sell {Number(after)} in the next seven days, against {Number(before)} a week recently. Don't order at the old rate."
                )
            : null;
    }

    private static Risk Risk(ReportModel model, int i, RiskKind kind, double units, string words) =>
        new(i, kind, units, float.IsNaN(model.Facts[i].RegularPrice) ? 0 : units * model.Facts[i].RegularPrice, words);

    internal static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "0.#" : "#,##0", CultureInfo.InvariantCulture);

    internal static string Day(DateOnly day) => day.ToString("ddd d MMM", CultureInfo.InvariantCulture);
}
