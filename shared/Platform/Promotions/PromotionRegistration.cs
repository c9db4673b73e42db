using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Promotions.Cases;
using Stockgate.Platform.Promotions.Facts;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Launch;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;
using Stockgate.Platform.Promotions.Settlement;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Promotions;

internal static class PromotionRegistration
{
    public static IServiceCollection AddPromotions(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSettings<PromotionOptions>(configuration, "Promotions")
            .AddSettings<PromotionPolicy>(configuration, "Promotions")
            .AddSettings<MonitorLimits>(configuration, "Promotions:Monitor")
            .AddSettings<ActionPolicy>(configuration, "Promotions:Actions");
        services.AddOptions<RoleNames>().Configure(names => names.Check(configuration)).ValidateOnStart();
        // After its figures are bound, so that this one is injected: it has the lists too.
        services.AddSingleton(static provider =>
            provider.GetRequiredService<PromotionOptions>().Complete(provider.GetRequiredService<IOptions<PromotionPolicy>>().Value)
        );
        return services
            .AddSingleton<PromotionStore>()
            .AddSingleton<PromotionRows>()
            .AddSingleton<OpenPromotions>()
            .AddSingleton<PromotionQuestions>()
            .AddSingleton<ICaseSubject, PromotionApprovals>()
            .AddSingleton<ICaseSubject, PromotionReplenishments>()
            .AddSingleton<ICaseSubject, PromotionOverrides>()
            .AddSingleton<ICaseSubject, PromotionLiveActions>()
            .AddSingleton<ItemSupplyReader>()
            .AddSingleton<SalesBaselines>()
            .AddSingleton<PromotionFactsReader>()
            .AddSingleton<PromotionCommands>()
            .AddSingleton<PromotionGating>()
            .AddSingleton<PromotionLaunch>()
            .AddSingleton<PromotionIdempotency>()
            .AddSingleton<PromotionDesk>()
            .AddSingleton<PromotionSupply>()
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
