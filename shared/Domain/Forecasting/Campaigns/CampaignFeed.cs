using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Stockgate.Domain.Forecasting.Replenishment;

namespace Stockgate.Domain.Forecasting.Campaigns;

/// <summary>Whether an item may be advertised in a region.</summary>
[JsonConverter(typeof(NamedEnumConverter<CampaignSafety>))]
public enum CampaignSafety
{
    /// <summary>Something that has to be known is not, or is too old. Not to be advertised.</summary>
    Unknown,

    /// <summary>Not to be advertised.</summary>
    NotSafe,

    /// <summary>Everything is known and good enough.</summary>
    Safe,
}

/// <summary>The conditions under which an item may be advertised.</summary>
public sealed record CampaignPolicy
{
    /// <summary>Days of demand, with the uplift, that the stock must last with <see cref="Service"/>; 1 or more.</summary>
    [Setting("1 to 182 days", "how long stock has to last for an item to be safe to advertise"), Range(1, 182)]
    public int CoverDays { get; set; } = 14;

    /// <summary>The chance that it does, above 0, below 1.</summary>
    [Setting("0.5 to 0.999", "the probability that it lasts"), Range(0.5, 0.999)]
    public double Service { get; set; } = 0.9;

    /// <summary>Of the price, percent.</summary>
    [Setting("-1000 to 100 %", "the least margin of an advertised item"), Range(-1000.0, 100.0)]
    public decimal LeastMarginPercent { get; set; } = 10;

    /// <summary>A stock figure older than this is none.</summary>
    [Setting("time span above 0", "how old its stock figure may be"), Range(typeof(TimeSpan), "00:00:00.0000001", "3650.00:00:00")]
    public TimeSpan StockAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>A forecast older than this is none.</summary>
    [Setting("time span above 0", "how old the forecast may be"), Range(typeof(TimeSpan), "00:00:00.0000001", "3650.00:00:00")]
    public TimeSpan ForecastAge { get; set; } = TimeSpan.FromDays(3);
}

/// <summary>Facts about an item in a region; null if unknown.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Region">The region.</param>
public sealed record CampaignItem(Sku Sku, RegionId Region)
{
    /// <summary>What can be promised in the region.</summary>
    public Quantity? Available { get; init; }

    /// <summary>How old the oldest of the counts behind it is.</summary>
    public TimeSpan? StockAge { get; init; }

    /// <summary>Of the region's sum, without the campaign.</summary>
    public SeriesForecast? Forecast { get; init; }

    public TimeSpan? ForecastAge { get; init; }

    /// <summary>
    /// Sales with the campaign as a factor of those without, as cautious as one wants to be: the upper end of its interval; 1 or more.
    /// </summary>
    public double? Uplift { get; init; }

    /// <summary>Of the price that customers pay, percent.</summary>
    public decimal? MarginPercent { get; init; }
}

/// <summary>The feed entry of an item in a region.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Region">The region.</param>
/// <param name="Safety">Only <see cref="CampaignSafety.Safe"/> may be advertised.</param>
/// <param name="CoverDays">Days that the stock lasts at the mean with the uplift; null if not known.</param>
/// <param name="Reasons">Each thing that was looked at, in words; what speaks against it first.</param>
public sealed record CampaignVerdict(Sku Sku, RegionId Region, CampaignSafety Safety, int? CoverDays, IReadOnlyList<string> Reasons)
{
    public string Words =>
        $"{Sku} in {Region}: {Safety switch { CampaignSafety.Safe => "safe to advertise", CampaignSafety.NotSafe => "not safe to advertise", _ => "not confirmed safe to advertise" }}. {string.Join("; ", Reasons)}";
}

/// <summary>Decides which items may be advertised in which region: only those with all facts known and within the policy.</summary>
public static class CampaignFeed
{
    /// <returns>In the order of the items.</returns>
    public static IReadOnlyList<CampaignVerdict> Of(IEnumerable<CampaignItem> items, CampaignPolicy policy) =>
        [.. items.Select(i => Of(i, policy))];

    public static CampaignVerdict Of(CampaignItem item, CampaignPolicy policy)
    {
        List<string> bad = [],
            unknown = [],
            good = [];
        var stock = Fresh(item.Available, item.StockAge, policy.StockAge, "stock", unknown);
        var forecast =
            item.Forecast is null ? Missing<SeriesForecast>("forecast", unknown)
            : IsFresh(item.ForecastAge, policy.ForecastAge, "forecast", unknown) ? item.Forecast
            : null;
        if (item.Uplift is not (>= 1 and <= 1000))
            unknown.Add("the expected uplift is not known");
        if (item.MarginPercent is not { } margin)
            unknown.Add("the margin is not known");
        else
            (margin < policy.LeastMarginPercent ? bad : good).Add(
                $"the margin is {margin:0.#} %; at least {policy.LeastMarginPercent:0.#} % is required"
            );
        int? cover = null;
        if (stock is { } available && available <= Quantity.Zero)
            (cover, _) = (0, Add(bad, $"available to promise is {available}"));
        else if (stock is { } some && forecast is not null && item.Uplift is >= 1 and <= 1000 and var uplift)
        {
            cover = Cover(forecast, (double)some.Value, uplift);
            var needed = DemandSum.Of(forecast, 0, policy.CoverDays, factor: uplift).Quantile(policy.Service);
            ((double)some.Value < needed ? bad : good).Add(
                $"{some} last {cover}{(cover >= forecast.Horizon ? " or more" : "")} days at {uplift:0.##} times the usual sales; {policy.CoverDays} days need {needed:0} at a service level of {policy.Service:P0}"
            );
        }
        var safety =
            bad.Count > 0 ? CampaignSafety.NotSafe
            : unknown.Count > 0 ? CampaignSafety.Unknown
            : CampaignSafety.Safe;
        return new CampaignVerdict(item.Sku, item.Region, safety, cover, [.. bad, .. unknown, .. good]);
    }

    private static Quantity? Fresh(Quantity? figure, TimeSpan? age, TimeSpan limit, string name, List<string> unknown)
    {
        if (figure is null)
            unknown.Add($"the {name} is not known");
        return figure is not null && IsFresh(age, limit, name, unknown) ? figure : null;
    }

    private static bool IsFresh(TimeSpan? age, TimeSpan limit, string name, List<string> unknown)
    {
        if (age is { } known && known >= TimeSpan.Zero && known <= limit)
            return true;
        return !Add(
            unknown,
            age is { } old
                ? $"the {name} is {old.TotalHours:0.#} h old; the limit is {limit.TotalHours:0.#} h"
                : $"the age of the {name} is not known"
        );
    }

    private static T? Missing<T>(string name, List<string> unknown)
        where T : class
    {
        unknown.Add($"the {name} is not known");
        return null;
    }

    private static bool Add(List<string> to, string reason)
    {
        to.Add(reason);
        return true;
    }

    private static int Cover(SeriesForecast forecast, double stock, double uplift)
    {
        var day = 0;
        for (double sold = 0; day < forecast.Horizon; day++)
            if ((sold += uplift * forecast.Mean[day]) > stock)
                break;
        return day;
    }
}
