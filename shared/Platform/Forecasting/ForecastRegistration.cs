using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stockgate.Domain.Forecasting;
using Stockgate.Platform.Forecasting.Advice;

namespace Stockgate.Platform.Forecasting;

internal static class ForecastRegistration
{
    /// <exception cref="InvalidOperationException">A setting is invalid.</exception>
    public static IServiceCollection AddForecasting(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = new ForecastSettings(configuration);
        services.TryAddSingleton<IDemandEngine>(new DemandEngine(settings.Engine));
        return services
            .AddSingleton(settings)
            .AddSingleton<OfferReader>()
            .AddSingleton<HistoryCompaction>()
            .AddSingleton<HistoryFiles>()
            .AddSingleton<ForecastRuns>()
            .AddSingleton<ForecastReports>()
            .AddSingleton(new AdviceSettingsReader(configuration))
            .AddSingleton<AdviceReader>()
            .AddSingleton<ForecastRun>()
            .AddSingleton<ForecastReader>();
    }
}
