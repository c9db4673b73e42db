using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Pricing.Cases;
using Stockgate.Platform.Pricing.Effects;

namespace Stockgate.Platform.Pricing.Runs;

internal static class PriceRunRegistration
{
    public static IServiceCollection AddPriceRuns(this IServiceCollection services) =>
        services
            .AddSingleton<PriceRuns>()
            .AddSingleton<PriceRunFiles>()
            .AddSingleton<PriceRun>()
            .AddSingleton<PriceSimulationRun>()
            .AddSingleton<EffectMeasuring>()
            .AddSingleton<ICaseSubject, PriceCases>();
}
