using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Campaigns;
using Stockgate.Platform.Forecasting.Advice;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Forecasting;

internal static class ForecastRegistration
{
    public static IServiceCollection AddForecasting(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<IDemandEngine>(static provider => new DemandEngine(
            provider.GetRequiredService<ForecastSettings>().Engine
        ));
        return services
            .AddSettings<ForecastOptions>(configuration, "Forecasts")
            .AddSettings<AdviceOptions>(configuration, "Forecasts")
            .AddSettings<CampaignPolicy>(configuration, "Forecasts:Campaigns")
            .AddSingleton<ForecastSettings>()
            .AddSingleton<OfferReader>()
            .AddSingleton<HistoryCompaction>()
            .AddSingleton<HistoryFiles>()
            .AddSingleton<ForecastRuns>()
            .AddSingleton<ForecastReports>()
            .AddSingleton<AdviceTerms>()
            .AddSingleton<AdviceReader>()
            .AddSingleton<ForecastRun>()
            .AddSingleton<ForecastReader>();
    }
}
