using System.Globalization;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting.Advice;
using Stockgate.Domain.Forecasting.Campaigns;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Forecasting.Transfers;

namespace Stockgate.Platform.Forecasting.Advice;

/// <summary>A supplier's ordering terms; the unit cost comes from the catalog.</summary>
/// <param name="LeadTime">Days from an order to the shelf.</param>
/// <param name="Review">Days from an order to the next at least.</param>
/// <param name="Pack">Units of a pack.</param>
/// <param name="Minimum">Units of an order at least.</param>
/// <param name="OrderDays">Empty: every day.</param>
public sealed record OrderTerms(int LeadTime, int Review, Quantity Pack, Quantity Minimum, IReadOnlyList<DayOfWeek> OrderDays);

/// <summary>
/// Settings of recommendations: <c>Forecasts__Suppliers__NAME__LeadTime</c> (days; without it nothing is ordered from that supplier),
/// <c>__Review</c> 1, <c>__Pack</c> 1, <c>__MinimumOrder</c> 0, <c>__OrderDays</c> (<c>Monday,Thursday</c>);
/// <c>Forecasts__Routes__0__From</c>, <c>__To</c>, <c>__Days</c> 1, <c>__PerUnit</c> 0, <c>__PerTrip</c> 0, <c>__Currency</c>;
/// <c>Forecasts__Budget__Amount</c>, <c>__Currency</c> (no bound); <c>Forecasts__Service</c> 0.9; <c>Forecasts__Campaigns__CoverDays</c>
/// 14, <c>__Service</c> 0.9, <c>__LeastMarginPercent</c> 10, <c>__StockAge</c> 1.00:00:00, <c>__ForecastAge</c> 3.00:00:00.
/// </summary>
public sealed class AdviceSettingsReader
{
    private const decimal Most = 1_000_000_000;

    /// <exception cref="InvalidOperationException">A setting is invalid; the message names it.</exception>
    public AdviceSettingsReader(IConfiguration configuration)
    {
        var section = configuration.GetSection("Forecasts");
        Suppliers = section
            .GetSection("Suppliers")
            .GetChildren()
            .ToDictionary(
                static s => new SupplierId(s.Key),
                static s => new OrderTerms(
                    (int)Whole(s.GetSection("LeadTime"), null, 0, 730),
                    (int)Whole(s.GetSection("Review"), 1, 1, 365),
                    new(Number(s.GetSection("Pack"), 1, 0.001m, Most)),
                    new(Number(s.GetSection("MinimumOrder"), 0, 0, Most)),
                    Days(s.GetSection("OrderDays"))
                )
            );
        Routes =
        [
            .. section
                .GetSection("Routes")
                .GetChildren()
                .Select(static r => new TransferRoute(
                    new LocationId(Text(r.GetSection("From"))),
                    new LocationId(Text(r.GetSection("To"))),
                    (int)Whole(r.GetSection("Days"), 1, 0, 365),
                    new Money(Number(r.GetSection("PerUnit"), 0, 0, Most), CurrencyOf(r)),
                    new Money(Number(r.GetSection("PerTrip"), 0, 0, Most), CurrencyOf(r))
                )),
        ];
        Budget = section["Budget:Amount"] is { Length: > 0 }
            ? new Money(Number(section.GetSection("Budget:Amount"), null, 0, Most), CurrencyOf(section.GetSection("Budget")))
            : null;
        Bounds = new AdviceSettings { Service = (double)Number(section.GetSection("Service"), 0.9m, 0.5m, 0.999m) };
        var (campaigns, usual) = (section.GetSection("Campaigns"), new CampaignPolicy());
        Campaigns = new CampaignPolicy
        {
            CoverDays = (int)Whole(campaigns.GetSection("CoverDays"), usual.CoverDays, 1, 182),
            Service = (double)Number(campaigns.GetSection("Service"), (decimal)usual.Service, 0.5m, 0.999m),
            LeastMarginPercent = Number(campaigns.GetSection("LeastMarginPercent"), usual.LeastMarginPercent, -1_000, 100),
            StockAge = Span(campaigns.GetSection("StockAge"), usual.StockAge),
            ForecastAge = Span(campaigns.GetSection("ForecastAge"), usual.ForecastAge),
        };
    }

    public IReadOnlyDictionary<SupplierId, OrderTerms> Suppliers { get; }

    public IReadOnlyList<TransferRoute> Routes { get; }

    /// <summary>Money for a night's orders; null: no bound.</summary>
    public Money? Budget { get; }

    public AdviceSettings Bounds { get; }

    public CampaignPolicy Campaigns { get; }

    /// <summary>How an item is ordered; null if its supplier has no terms here, or nobody said what it costs.</summary>
    public SupplierTerms? TermsOf(string? supplier, Money? cost) =>
        supplier is not null && cost is { } money && Suppliers.TryGetValue(new SupplierId(supplier), out var terms)
            ? new SupplierTerms
            {
                Supplier = new SupplierId(supplier),
                UnitCost = money,
                LeadTime = terms.LeadTime,
                Review = terms.Review,
                Pack = terms.Pack,
                MinimumOrder = terms.Minimum,
                OrderDays = terms.OrderDays,
            }
            : null;

    private static decimal Whole(IConfigurationSection setting, decimal? usual, decimal least, decimal most) =>
        Number(setting, usual, least, most) is var number && number == decimal.Truncate(number)
            ? number
            : throw Wrong(setting, "must be a whole number");

    private static decimal Number(IConfigurationSection setting, decimal? usual, decimal least, decimal most) =>
        setting.Value is not { Length: > 0 } text ? usual ?? throw Wrong(setting, "is missing")
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
        : throw Wrong(setting, $"is '{text}'; give a number from {least} to {most}");

    private static TimeSpan Span(IConfigurationSection setting, TimeSpan usual) =>
        setting.Value is not { Length: > 0 } text ? usual
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero ? span
        : throw Wrong(setting, $"is '{text}'; give a time span such as 1.00:00:00");

    private static string Text(IConfigurationSection setting) =>
        setting.Value is { Length: > 0 } text ? text : throw Wrong(setting, "is missing");

    private static Currency CurrencyOf(IConfigurationSection section) =>
        Currency.TryParse(Text(section.GetSection("Currency")), out var currency)
            ? currency
            : throw Wrong(section.GetSection("Currency"), "is not a currency");

    private static DayOfWeek[] Days(IConfigurationSection setting) =>
        [
            .. (setting.Value ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(name =>
                    !char.IsAsciiDigit(name[0]) && Enum.TryParse<DayOfWeek>(name, ignoreCase: true, out var day) && Enum.IsDefined(day)
                        ? day
                        : throw Wrong(setting, $"has '{name}'; give days such as Monday,Thursday")
                ),
        ];

    private static InvalidOperationException Wrong(IConfigurationSection setting, string what) =>
        new($"The setting {setting.Path.Replace(":", "__", StringComparison.Ordinal)} {what}.");
}
