using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Pricing.Runs;

namespace Stockgate.Platform.Pricing;

internal static class PricingRegistration
{
    public static IServiceCollection AddPricing(this IServiceCollection services) =>
        services
            .AddSingleton<PricingPolicies>()
            .AddSingleton<PriceQueue>()
            .AddSingleton<PriceStore>()
            .AddSingleton<PriceCategories>()
            .AddSingleton<PromotionLocks>()
            .AddSingleton<PricingFactsReader>()
            .AddSingleton<PriceTroubles>()
            .AddSingleton<PriceAudit>()
            .AddSingleton<PriceAnswers>()
            .AddSingleton<PriceOrders>()
            .AddSingleton<PriceLooks>()
            .AddSingleton<PricePublisher>()
            .AddSingleton<PriceWriter>()
            .AddSingleton<PriceMessages>()
            .AddSingleton<PriceSignals>()
            .AddSingleton<PriceSweep>()
            .AddSingleton<PriceReverts>()
            .AddSingleton<PriceDesk>()
            .AddPriceRuns();
}
