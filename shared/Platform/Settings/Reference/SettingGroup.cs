using Stockgate.Domain.Access;
using Stockgate.Domain.Forecasting.Campaigns;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Platform.Access;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Forecasting.Advice;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Mail;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Orders.Accuracy;
using Stockgate.Platform.Orders.Actions;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Promotions;
using Stockgate.Platform.Suppliers;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>Settings of one purpose, under one heading of docs/settings.md.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Words">What is to be known of all of them.</param>
/// <param name="Classes">The options classes, in the order in which they are shown.</param>
internal sealed record SettingGroup(string Title, string Words, params IReadOnlyList<Type> Classes)
{
    /// <summary>What the host or a library reads, so that no options class has it.</summary>
    public static IReadOnlyList<SettingRow> Connections { get; } =
    [
        new("Storage", "connection string", "required", "tables and blobs of the app; or the two settings below it"),
        new("Storage__tableServiceUri", "https address", "", "instead of `Storage`, with the app's identity"),
        new("Storage__blobServiceUri", "https address", "", "instead of `Storage`, with the app's identity"),
        new("AzureWebJobsStorage", "connection string", "required", "the Functions host's own storage, with the orchestrations"),
        new("ServiceBus", "connection string", "required", "the queues; or the setting below it"),
        new("ServiceBus__fullyQualifiedNamespace", "host name", "", "instead of `ServiceBus`, with the app's identity"),
        new(
            "WEBSITE_AUTH_ENABLED",
            "true, false",
            "`false`",
            "set by Azure where App Service authentication guards the app: only then `X-MS-CLIENT-PRINCIPAL` is believed"
        ),
        new("OTEL_EXPORTER_OTLP_ENDPOINT", "address", "", "an OpenTelemetry collector for traces and metrics"),
        new(
            "APPLICATIONINSIGHTS_CONNECTION_STRING",
            "connection string",
            "",
            "Application Insights for traces and metrics; with neither of the two none are collected"
        ),
    ];

    public static IReadOnlyList<SettingGroup> All { get; } =
    [
        new("Connections", "A connection string, or endpoints that the app opens with its own identity.", typeof(BucketOptions)),
        new(
            "Channels that post events",
            "A channel that is neither here nor in the API of channels does not exist: its requests are answered 404. A mistake in one "
                + "does not stop the app: this channel's requests are answered 503, and the log says what is wrong. "
                + "What each scheme needs: [channels.md](channels.md).",
            typeof(ChannelsOptions),
            typeof(SecretsOptions)
        ),
        new("Deliveries", "Everything that channels post is kept ([deliveries.md](deliveries.md)).", typeof(ArchiveOptions)),
        new(
            "Channels that get messages",
            "`Erp`, `Oms` and `Wms` take part in every promotion, `Pos`, `Ecommerce` and `Marketplace` where a promotion names them.",
            typeof(OutboundOptions)
        ),
        new(
            "Purchase orders to suppliers",
            "NAME is the `supplier` of `product.updated`. An approved order is a file in the blob container `outbox/NAME/` "
                + "([files.md](files.md#purchase-orders-out)). A supplier that is not here gets none.",
            typeof(SupplierOrderOptions)
        ),
        new(
            "Access",
            "Every call of the API has a key of its own with roles ([operator.md](operator.md#keys)). Roles that the app asks for: "
                + $"{string.Join(", ", Role.Known.Select(static role => $"`{role}`"))}. Policies may name others.",
            typeof(AccessOptions)
        ),
        new(
            "Requests to the API",
            "A credential is an API key (with its sessions in browsers) or a person who signed in. Each instance counts for itself: "
                + "[api.md](api.md#how-many-requests).",
            typeof(ApiOptions)
        ),
        new(
            "People",
            "Who is asked by mail. What a caller of the API may do is said by its key (Access), not here.",
            typeof(PeopleOptions)
        ),
        new(
            "Mail and links",
            "Without any `Mail__` setting the app runs, and asks nobody by mail. Set `Mail__Host` or `Mail__PickupFolder`, not both.",
            typeof(MailOptions),
            typeof(LinkOptions)
        ),
        new(
            "Promotions",
            "The approval matrix has rows from the smallest promotion to the largest; the first row whose three limits a promotion keeps "
                + "says who approves. Without a matrix of its currency no promotion launches.",
            typeof(PromotionOptions),
            typeof(PromotionPolicy)
        ),
        new("The monitor of live promotions", "Ratios are of what was expected so far; shares are 0 to 1.", typeof(MonitorLimits)),
        new(
            "What the monitor may do",
            "`Show`: only shown. `Approve`: it happens when an operator has approved it. `Execute`: it happens without a person.",
            typeof(ActionPolicy)
        ),
        new(
            "Actions on orders",
            "Who may decide what is not a setting but a policy: [customer-service.md](customer-service.md).",
            typeof(OrderActionOptions)
        ),
        new(
            "Orders and locations",
            "The first substitution rule that fits decides; without any rule nothing is substituted.",
            typeof(LocationsOptions),
            typeof(OrderOptions)
        ),
        new("Forecast", "Fewer tests, trees and days make a run faster, and its forecast worse.", typeof(ForecastOptions)),
        new(
            "What follows from a forecast",
            "A supplier's NAME is the `supplier` of `product.updated`; without terms nothing is ordered. "
                + "Transfers go on these routes only.",
            typeof(AdviceOptions),
            typeof(CampaignPolicy)
        ),
    ];
}
