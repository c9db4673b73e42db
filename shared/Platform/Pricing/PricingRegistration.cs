using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Pricing.Commands;
using Stockgate.Platform.Pricing.Facts;
using Stockgate.Platform.Pricing.Publishing;
using Stockgate.Platform.Pricing.Reverts;
using Stockgate.Platform.Pricing.Runs;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;

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
