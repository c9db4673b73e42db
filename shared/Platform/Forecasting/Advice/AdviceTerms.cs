using Stockgate.Domain;
using Stockgate.Domain.Forecasting.Advice;
using Stockgate.Domain.Forecasting.Campaigns;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Forecasting.Transfers;

namespace Stockgate.Platform.Forecasting.Advice;

/// <summary>The terms of recommendations, by the settings.</summary>
public sealed class AdviceTerms(AdviceOptions options, CampaignPolicy campaigns)
{
    public IReadOnlyList<TransferRoute> Routes { get; } = [.. options.Routes.Values.Select(static r => r.ToRoute())];

    /// <summary>Money for a night's orders; null: no bound.</summary>
    public Money? Budget { get; } =
        options.Budget is { Amount: { } amount, Currency: { } currency } ? new Money(amount, Currency.Parse(currency)) : null;

    public AdviceSettings Bounds { get; } = new() { Service = options.Service };

    public CampaignPolicy Campaigns => campaigns;

    /// <summary>How an item is ordered; null if its supplier has no terms here, or nobody said what it costs.</summary>
    public SupplierTerms? TermsOf(string? supplier, Money? cost) =>
        supplier is not null && cost is { } money && options.Suppliers.TryGetValue(supplier, out var terms)
            ? new SupplierTerms
            {
                Supplier = new SupplierId(supplier),
                UnitCost = money,
                LeadTime = terms.LeadTime,
                Review = terms.Review,
                Pack = new Quantity(terms.Pack),
                MinimumOrder = new Quantity(terms.MinimumOrder),
                OrderDays = [.. terms.OrderDays.Select(static day => Enum.Parse<DayOfWeek>(day, ignoreCase: true))],
            }
            : null;
}
