using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stockgate.Platform.Access;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Http.Idempotency;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Freshness;
using Stockgate.Platform.Ingest.Projecting;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Ingest.Replays;
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
using Stockgate.Platform.Settings;
using Stockgate.Platform.Storage;
using Stockgate.Platform.Suppliers;

namespace Stockgate.Platform;

/// <summary>
/// Registers what the functions need. Settings: <c>Storage</c> and <c>ServiceBus</c> are connection strings, or
/// <c>Storage__tableServiceUri</c>, <c>Storage__blobServiceUri</c> and <c>ServiceBus__fullyQualifiedNamespace</c> with the app's
/// identity.
/// </summary>
public static class ServiceRegistration
{
    public static IServiceCollection AddStockgate(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddStorageAndMessaging(configuration);
        services.AddSingleton(provider => new StateTables(
            provider.GetRequiredService<TableServiceClient>(),
            provider.GetRequiredService<BucketOptions>().Buckets
        ));
        services.AddSingleton(provider => new EventQueue(
            provider.GetRequiredService<ServiceBusClient>(),
            provider.GetRequiredService<LargeEvents>(),
            provider.GetRequiredService<BucketOptions>().Buckets
        ));
        services
            .AddSettings<BucketOptions>(configuration)
            .AddSettings<PeopleOptions>(configuration, "People")
            .AddSettings<ArchiveOptions>(configuration, "Archive")
            .AddChannels(configuration)
            .AddSingleton<IdempotencyStore>()
            .AddSingleton<SkuChanges>()
            .AddSingleton<ChannelIdDirectory>()
            .AddSingleton<SenderIdStore>()
            .AddSingleton<VendorReader>()
            .AddSingleton<DeliveryReader>()
            .AddSingleton<QuarantineStore>()
            .AddSingleton<QuarantineList>()
            .AddSingleton<LargeEvents>()
            .AddSingleton<DecisionLog>()
            .AddSingleton<DecisionAnchors>()
            .AddSingleton<ExceptionLog>()
            .AddSingleton<ExceptionDesk>()
            .AddSingleton<People>()
            .AddSingleton<RecentEvents>()
            .AddSingleton<RecordKeeper>()
            .AddSingleton<LateDeliveries>()
            .AddSingleton<DeliveryArchive>()
            .AddSingleton<RefusedDeliveries>()
            .AddSingleton<ArchiveReader>()
            .AddSingleton<DeliveryLog>()
            .AddSingleton<ArchiveUpkeep>()
            .AddSingleton<FreshnessMeter>()
            .AddSingleton<FreshnessStore>()
            .AddSingleton<SilentSources>()
            .AddSingleton<Switches>()
            .AddSingleton<Readiness>()
            .AddSingleton<FreshnessReader>()
            .AddSingleton<Intake>()
            .AddSingleton<DeliveryResend>()
            .AddSingleton<Replayer>()
            .AddSingleton<ReplaySlices>()
            .AddSingleton<ReplayJournal>()
            .AddSingleton<Projector>()
            .AddSingleton<MessageProjection>()
            .AddSingleton<QuarantineChain>()
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
            .AddSuppliers(configuration)
            .AddPromotions(configuration)
            .AddOrderActions(configuration)
            .AddOrderAccuracy(configuration)
            .AddForecasting(configuration)
            .AddPricing();
        services.AddHostedService<EventQueueConnection>();
        services.AddHostedService<FreshnessFlush>();
        services.AddSingleton<StoragePreparation>().AddHostedService(static provider => provider.GetRequiredService<StoragePreparation>());
        return services;
    }
}
