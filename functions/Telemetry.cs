using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Outbound;

namespace Stockgate.Functions;

/// <summary>Traces and metrics to an OTLP collector, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; otherwise nothing is collected and nothing is paid.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 }) return;
        services.AddHostedService<Export>();
    }

    private sealed class Export : IHostedService, IDisposable
    {
        private TracerProvider? traces;
        private MeterProvider? metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            traces = Sdk.CreateTracerProviderBuilder().AddSource("Microsoft.Azure.Functions.Worker", "Azure.*").AddOtlpExporter().Build();
            metrics = Sdk.CreateMeterProviderBuilder().AddMeter(Intake.MeterName, Projector.MeterName, ChannelClient.MeterName).AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces?.ForceFlush(5_000);
            metrics?.ForceFlush(5_000);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            traces?.Dispose();
            metrics?.Dispose();
        }
    }
}
