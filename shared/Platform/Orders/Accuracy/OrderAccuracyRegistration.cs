using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Orders.Actions;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Orders.Accuracy;

internal static class OrderAccuracyRegistration
{
    public static IServiceCollection AddOrderAccuracy(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSettings<OrderOptions>(configuration, "Orders")
            .AddSingleton<OrderAccuracySettings>()
            .AddSingleton<OrderWatch>()
            .AddSingleton<OrderQuality>()
            .AddSingleton<OnceRaised>()
            .AddSingleton<OrderAllocator>()
            .AddSingleton<OrderTroubleFinder>()
            .AddSingleton<OrderSubstitutes>();
        services.AddSingleton(static provider => new OrderTroubleList(
            provider.GetRequiredService<OrderWatch>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        return services.AddSingleton(static provider => new OrderCare(
            provider.GetRequiredService<OrderWatch>(),
            provider.GetRequiredService<OrderAllocator>(),
            provider.GetRequiredService<OrderTroubleFinder>(),
            provider.GetRequiredService<OrderSubstitutes>(),
            provider.GetRequiredService<OrderQuality>(),
            provider.GetRequiredService<OrderActionFactsReader>(),
            provider.GetRequiredService<InventoryReader>(),
            provider.GetRequiredService<CatalogReader>(),
            provider.GetRequiredService<PromotionStore>(),
            provider.GetRequiredService<OrderAccuracySettings>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OrderCare>>()
        ));
    }
}
