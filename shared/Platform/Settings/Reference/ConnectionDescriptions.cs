using Stockgate.Domain;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>What the app is connected to.</summary>
internal static class ConnectionDescriptions
{
    public static SettingGroup Group { get; } =
        new(
            "Connections",
            "A connection string, or endpoints that the app opens with its own identity.",
            [
                new(
                    "Storage",
                    "connection string",
                    "required",
                    "tables and blobs of the app; or the two settings below it",
                    "UseDevelopmentStorage=true",
                    CheckedAtStart: false
                ),
                new(
                    "Storage__tableServiceUri",
                    "https address",
                    "",
                    "instead of `Storage`, with the app's identity",
                    "",
                    CheckedAtStart: false
                ),
                new(
                    "Storage__blobServiceUri",
                    "https address",
                    "",
                    "instead of `Storage`, with the app's identity",
                    "",
                    CheckedAtStart: false
                ),
                new(
                    "AzureWebJobsStorage",
                    "connection string",
                    "required",
                    "the Functions host's own storage, with the orchestrations",
                    "",
                    CheckedAtStart: false
                ),
                new("ServiceBus", "connection string", "required", "the queues; or the setting below it", "", CheckedAtStart: false),
                new(
                    "ServiceBus__fullyQualifiedNamespace",
                    "host name",
                    "",
                    "instead of `ServiceBus`, with the app's identity",
                    "",
                    CheckedAtStart: false
                ),
                new(
                    "Buckets",
                    "1 to 4096",
                    SettingDescription.Text(Bucket.DefaultCount),
                    "parts that SKUs and orders are cut into; fixed for the life of a deployment",
                    "8"
                ),
                new(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "address",
                    "",
                    "an OpenTelemetry collector for traces and metrics",
                    "",
                    CheckedAtStart: false
                ),
                new(
                    "APPLICATIONINSIGHTS_CONNECTION_STRING",
                    "connection string",
                    "",
                    "Application Insights for traces and metrics; with neither of the two none are collected",
                    "",
                    CheckedAtStart: false
                ),
            ]
        );
}
