using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Orders.Actions;

internal static class OrderActionRegistration
{
    public static IServiceCollection AddOrderActions(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSettings<OrderActionOptions>(configuration, "OrderActions")
            .AddSettings<LocationsOptions>(configuration, "Locations")
            .AddSingleton(static provider => provider.GetRequiredService<OrderActionOptions>().ToLimits())
            .AddSingleton<Places>()
            .AddSingleton<CustomerOrders>()
            .AddSingleton<OrderActionStore>()
            .AddSingleton<ActionClaims>()
            .AddSingleton<OrderActionFactsReader>()
            .AddSingleton<OrderActionPolicies>()
            .AddSingleton<OrderActionDesk>()
            .AddSingleton<OrderActionSignals>()
            .AddSingleton<OrderActionTroubles>()
            .AddSingleton<OrderActionNotices>()
            .AddSingleton<OrderActionWork>()
            .AddSingleton<ICaseSubject, OrderActionCases>();
}
