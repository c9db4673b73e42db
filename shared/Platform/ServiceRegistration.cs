using System.Globalization;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stockgate.Domain;
using Stockgate.Platform.Access;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Mail;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Orders;
using Stockgate.Platform.Orders.Accuracy;
using Stockgate.Platform.Orders.Actions;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Pricing;
using Stockgate.Platform.Promotions;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform;

/// <summary>
/// Registers what the functions need. Settings: <c>Storage</c> and <c>ServiceBus</c> are connection strings, or
/// <c>Storage__tableServiceUri</c>, <c>Storage__blobServiceUri</c> and <c>ServiceBus__fullyQualifiedNamespace</c> with the app's
/// identity; <c>Buckets</c> (64).
/// </summary>
public static class ServiceRegistration
{
    public static IServiceCollection AddStockgate(this IServiceCollection services, IConfiguration configuration)
    {
        var buckets = BucketsOf(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.AddSingleton(provider => Tables(configuration, provider));
        services.AddSingleton(provider => Blobs(configuration, provider));
        services.AddSingleton(provider => Bus(configuration, provider));
        services.AddSingleton(provider => new StateTables(provider.GetRequiredService<TableServiceClient>(), buckets));
        services.AddSingleton(provider => new EventQueue(
            provider.GetRequiredService<ServiceBusClient>(),
            provider.GetRequiredService<LargeEvents>(),
            buckets
        ));
        services.AddSingleton(_ => new Channels(configuration));
        services
            .AddSingleton<SkuChanges>()
            .AddSingleton<ChannelIdDirectory>()
            .AddSingleton<QuarantineStore>()
            .AddSingleton<LargeEvents>()
            .AddSingleton<DecisionLog>()
            .AddSingleton<DecisionAnchors>()
            .AddSingleton<ExceptionLog>()
            .AddSingleton(new People(configuration))
            .AddSingleton<RecentEvents>()
            .AddSingleton<Intake>()
            .AddSingleton<Projector>()
            .AddSingleton<MessageProjection>()
            .AddSingleton<QuarantineReview>()
            .AddSingleton<QuarantineSweeper>()
            .AddSingleton<InventoryReader>()
            .AddSingleton<OrderNames>()
            .AddSingleton<OrderReader>()
            .AddSingleton<CatalogReader>();
        services
            .AddOutbound(configuration)
            .AddMail(configuration)
            .AddApprovals()
            .AddApprovalLinks(configuration)
            .AddAccess(configuration)
            .AddPromotions(configuration)
            .AddOrderActions(configuration)
            .AddOrderAccuracy(configuration)
            .AddForecasting(configuration)
            .AddPricing();
        services.AddHostedService<EventQueueConnection>();
        services.AddSingleton<StoragePreparation>().AddHostedService(static provider => provider.GetRequiredService<StoragePreparation>());
        return services;
    }

    /// <exception cref="InvalidOperationException">The number is invalid.</exception>
    internal static int BucketsOf(IConfiguration configuration) =>
        configuration["Buckets"] is not { Length: > 0 } text ? Bucket.DefaultCount
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var buckets) && buckets is >= 1 and <= 4096 ? buckets
        : throw new InvalidOperationException(
            $"The setting Buckets is '{text}'; it must be from 1 to 4096. {Bucket.DefaultCount} suits most deployments."
        );

    private static TableServiceClient Tables(IConfiguration settings, IServiceProvider provider)
    {
        var options = new TableClientOptions { Retry = { MaxRetries = 4, Delay = TimeSpan.FromMilliseconds(200) } };
        return settings["Storage:tableServiceUri"] is { } uri
            ? new TableServiceClient(new Uri(uri), provider.GetRequiredService<TokenCredential>(), options)
            : new TableServiceClient(Required(settings, "Storage", "Storage__tableServiceUri"), options);
    }

    private static BlobServiceClient Blobs(IConfiguration settings, IServiceProvider provider) =>
        settings["Storage:blobServiceUri"] is { } uri
            ? new BlobServiceClient(new Uri(uri), provider.GetRequiredService<TokenCredential>())
            : new BlobServiceClient(Required(settings, "Storage", "Storage__blobServiceUri"));

    private static ServiceBusClient Bus(IConfiguration settings, IServiceProvider provider) =>
        settings["ServiceBus:fullyQualifiedNamespace"] is { } host
            ? new ServiceBusClient(host, provider.GetRequiredService<TokenCredential>(), BusOptions())
            : new ServiceBusClient(Required(settings, "ServiceBus", "ServiceBus__fullyQualifiedNamespace"), BusOptions());

    // The sender of a webhook waits for the answer: a quick 503 that is retried is better than a minute without one.
    private static ServiceBusClientOptions BusOptions() =>
        new()
        {
            RetryOptions =
            {
                TryTimeout = TimeSpan.FromSeconds(10),
                MaxRetries = 3,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(1),
            },
        };

    private static string Required(IConfiguration settings, string name, string alternative) =>
        settings[name]
        ?? throw new InvalidOperationException(
            $"The setting {name} (a connection string) or {alternative} is required. local.settings.sample.json shows values for one machine."
        );
}
