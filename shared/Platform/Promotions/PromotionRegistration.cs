using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Promotions.Cases;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.Platform.Promotions;

internal static class PromotionRegistration
{
    /// <exception cref="InvalidOperationException">A setting of the promotion policy can't be used.</exception>
    public static IServiceCollection AddPromotions(this IServiceCollection services, IConfiguration configuration)
    {
        // Read at once: a mistake in the policy is found at the start, not by the first promotion.
        services
            .AddSingleton(PromotionSettings.Read(configuration))
            .AddSingleton(PromotionSettings.Limits(configuration))
            .AddSingleton(PromotionSettings.Actions(configuration));
        return services
            .AddSingleton<PromotionStore>()
            .AddSingleton<PromotionRows>()
            .AddSingleton<OpenPromotions>()
            .AddSingleton<PromotionQuestions>()
            .AddSingleton<ICaseSubject, PromotionApprovals>()
            .AddSingleton<ICaseSubject, PromotionReplenishments>()
            .AddSingleton<ICaseSubject, PromotionOverrides>()
            .AddSingleton<ICaseSubject, PromotionLiveActions>()
            .AddSingleton<PromotionFactsReader>()
            .AddSingleton<PromotionCommands>()
            .AddSingleton<PromotionGating>()
            .AddSingleton<PromotionLaunch>()
            .AddSingleton<PromotionIdempotency>()
            .AddSingleton<PromotionDesk>()
            .AddSingleton<PromotionView>()
            .AddSingleton<PromotionWatch>()
            .AddSingleton<PromotionActions>()
            .AddSingleton<PromotionMonitor>()
            .AddSingleton<PromotionExposure>()
            .AddSingleton<PromotionTroubles>()
            .AddSingleton<PromotionAccount>()
            .AddSingleton<PromotionSignals>()
            .AddSingleton<BudgetLedger>()
            .AddSingleton<SalesReader>()
            .AddSingleton<SettlementReports>()
            .AddSingleton<SettlementReader>()
            .AddSingleton<SettlementCorrections>();
    }
}
