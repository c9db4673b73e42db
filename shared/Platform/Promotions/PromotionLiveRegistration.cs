using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.Platform.Promotions;

/// <summary>Registers what a promotion needs while it is live and after it.</summary>
public static class PromotionLiveRegistration
{
    public static IServiceCollection AddLivePromotions(this IServiceCollection services) => services.AddSingleton<BudgetLedger>().AddSingleton<SalesReader>().AddSingleton<SettlementReports>();
}
