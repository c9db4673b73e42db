using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Stockgate.Functions;

/// <summary>
/// Traces and metrics to an OTLP collector, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one, and to Application Insights, where
/// <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c> does. Without either nothing is collected and nothing is paid.
/// </summary>
internal static class Telemetry
{
    // All meters with the app's prefix, so that new ones are exported without a change here.
    private const string Meters = "Stockgate.*";

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var toCollector = configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
        var insights = configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } set ? set : null;
        if (!toCollector && insights is null)
            return;
        services
            .AddOpenTelemetry()
            .WithTracing(traces =>
            {
                traces.AddSource("Microsoft.Azure.Functions.Worker", "Azure.*");
                if (toCollector)
                    traces.AddOtlpExporter();
                if (insights is not null)
                    traces.AddAzureMonitorTraceExporter(exporter => exporter.ConnectionString = insights);
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (toCollector)
                    metrics.AddOtlpExporter();
                if (insights is not null)
                    metrics.AddAzureMonitorMetricExporter(exporter => exporter.ConnectionString = insights);
            });
    }
}
