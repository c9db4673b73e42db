using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Stockgate.Platform;

/// <summary>The clients of tables, blobs and queues: by connection string, or by endpoint with the app's identity.</summary>
internal static class AzureClients
{
    public static IServiceCollection AddStorageAndMessaging(this IServiceCollection services, IConfiguration settings)
    {
        services.AddAzureClients(clients =>
        {
            // The clients would write a line for each request.
            clients.ConfigureDefaults(static options => options.Diagnostics.IsLoggingEnabled = false);
            clients
                .AddClient<TableServiceClient, TableClientOptions>(
                    (options, identity) =>
                        settings["Storage:tableServiceUri"] is { Length: > 0 } uri
                            ? new TableServiceClient(new Uri(uri), identity, options)
                            : new TableServiceClient(Required(settings, "Storage", "Storage__tableServiceUri"), options)
                )
                .ConfigureOptions(static options =>
                {
                    options.Retry.MaxRetries = 4;
                    options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                });
            clients.AddClient<BlobServiceClient, BlobClientOptions>(
                (options, identity) =>
                    settings["Storage:blobServiceUri"] is { Length: > 0 } uri
                        ? new BlobServiceClient(new Uri(uri), identity, options)
                        : new BlobServiceClient(Required(settings, "Storage", "Storage__blobServiceUri"), options)
            );
            clients
                .AddClient<ServiceBusClient, ServiceBusClientOptions>(
                    (options, identity) =>
                        settings["ServiceBus:fullyQualifiedNamespace"] is { Length: > 0 } host
                            ? new ServiceBusClient(host, identity, options)
                            : new ServiceBusClient(Required(settings, "ServiceBus", "ServiceBus__fullyQualifiedNamespace"), options)
                )
                .ConfigureOptions(static options => Hurry(options.RetryOptions));
        });
        return services;
    }

    // The sender of a webhook waits for the answer: a quick 503 that is retried is better than a minute without one.
    private static void Hurry(ServiceBusRetryOptions retry)
    {
        retry.TryTimeout = TimeSpan.FromSeconds(10);
        retry.MaxRetries = 3;
        retry.Delay = TimeSpan.FromMilliseconds(100);
        retry.MaxDelay = TimeSpan.FromSeconds(1);
    }

    private static string Required(IConfiguration settings, string name, string alternative) =>
        settings[name] is { Length: > 0 } connection
            ? connection
            : throw new InvalidOperationException(
                $"The setting {name} (a connection string) or {alternative} is required. "
                    + "local.settings.sample.json shows values for one machine."
            );
}
