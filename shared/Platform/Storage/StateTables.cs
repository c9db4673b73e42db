using Azure.Data.Tables;
using Stockgate.Domain;

namespace Stockgate.Platform.Storage;

/// <summary>The tables of the canonical state and their buckets.</summary>
public sealed class StateTables(TableServiceClient tables, int buckets)
{
    private static readonly string[] Names =
    [
        "Orders",
        "Stock",
        "Catalog",
        "Channels",
        "ChannelIds",
        "ChannelFiles",
        "Freshness",
        "Quarantine",
        "Decisions",
        "Exceptions",
        "Promotions",
        "PromotionReports",
        "OutboundChannels",
        "SentMessages",
        "Switches",
        "Approvals",
        "ApprovalLinks",
        "OrderActions",
        "CustomerOrders",
        "OrderWatch",
        "OrderQuality",
        "Policies",
        "ApiKeys",
        "ForecastRuns",
        "PriceRuns",
        "Prices",
        "PriceCategories",
        "Suppliers",
        "Idempotency",
        "Deployment",
    ];

    /// <summary>Fixed for the life of a deployment.</summary>
    public int Buckets => buckets;

    public TableClient Orders { get; } = tables.GetTableClient("Orders");

    public TableClient Stock { get; } = tables.GetTableClient("Stock");

    public TableClient Catalog { get; } = tables.GetTableClient("Catalog");

    /// <summary>Which orders a customer has, by the bucket of the order.</summary>
    public TableClient CustomerOrders { get; } = tables.GetTableClient("CustomerOrders");

    /// <summary>Orders that are to be shipped and not over, by the bucket of the order, and when each is to be looked at.</summary>
    public TableClient OrderWatch { get; } = tables.GetTableClient("OrderWatch");

    /// <summary>Whether each order that is over was right, by the month in which it was complete.</summary>
    public TableClient OrderQuality { get; } = tables.GetTableClient("OrderQuality");

    /// <summary>Channels that were set up by the API.</summary>
    public TableClient Channels { get; } = tables.GetTableClient("Channels");

    /// <summary>Our SKU for a channel's own id of it.</summary>
    public TableClient ChannelIds { get; } = tables.GetTableClient("ChannelIds");

    /// <summary>Files of channels and how far each is worked.</summary>
    public TableClient ChannelFiles { get; } = tables.GetTableClient("ChannelFiles");

    /// <summary>How late the events of each channel came, by kind, hour and instance.</summary>
    public TableClient Freshness { get; } = tables.GetTableClient("Freshness");

    public TableClient Quarantine { get; } = tables.GetTableClient("Quarantine");

    public TableClient Decisions { get; } = tables.GetTableClient("Decisions");

    public TableClient Exceptions { get; } = tables.GetTableClient("Exceptions");

    /// <summary>A partition per promotion: its state, its board, its budget and claims; and one that lists them all.</summary>
    public TableClient Promotions { get; } = tables.GetTableClient("Promotions");

    /// <summary>What systems said about promotions, by bucket; written by the projection alone.</summary>
    public TableClient PromotionReports { get; } = tables.GetTableClient("PromotionReports");

    /// <summary>Whether each channel that we send to answers.</summary>
    public TableClient OutboundChannels { get; } = tables.GetTableClient("OutboundChannels");

    /// <summary>What a person stopped, and why.</summary>
    public TableClient Switches { get; } = tables.GetTableClient("Switches");

    /// <summary>What was sent to channels, by channel and day.</summary>
    public TableClient SentMessages { get; } = tables.GetTableClient("SentMessages");

    /// <summary>Questions that wait for a person, and what was answered.</summary>
    public TableClient Approvals { get; } = tables.GetTableClient("Approvals");

    /// <summary>What mailed links are for, by the digest of each; and what mails were about, by the digest of their ids.</summary>
    public TableClient ApprovalLinks { get; } = tables.GetTableClient("ApprovalLinks");

    /// <summary>Cancellations, refunds and changes of orders that were requested, and how far each is.</summary>
    public TableClient OrderActions { get; } = tables.GetTableClient("OrderActions");

    /// <summary>Every version of the policies that are data.</summary>
    public TableClient Policies { get; } = tables.GetTableClient("Policies");

    /// <summary>API keys and the sessions of browsers that signed in with one, by digests of their secrets.</summary>
    public TableClient ApiKeys { get; } = tables.GetTableClient("ApiKeys");

    /// <summary>Runs of the forecast, the newest first.</summary>
    public TableClient ForecastRuns { get; } = tables.GetTableClient("ForecastRuns");

    /// <summary>Runs over all prices, the newest first.</summary>
    public TableClient PriceRuns { get; } = tables.GetTableClient("PriceRuns");

    /// <summary>What was published of each price, what was decided about it and why, by the bucket of the SKU.</summary>
    public TableClient Prices { get; } = tables.GetTableClient("Prices");

    /// <summary>How many prices of each category moved on each day, whether it is stopped, and what was taken back together.</summary>
    public TableClient PriceCategories { get; } = tables.GetTableClient("PriceCategories");

    /// <summary>The last control number of messages to each supplier.</summary>
    public TableClient Suppliers { get; } = tables.GetTableClient("Suppliers");

    /// <summary>Requests that were sent under a key of the caller's, and their answers, for a day.</summary>
    public TableClient Idempotency { get; } = tables.GetTableClient("Idempotency");

    public string PartitionOf(PromotionId promotion) => Bucket.Of(promotion.Value, buckets).Key;

    public string PartitionOf(Sku sku) => Bucket.Of(sku, buckets).Key;

    public string PartitionOf(OrderId order) => Bucket.Of(order, buckets).Key;

    /// <summary>Reads one row, to see whether the tables answer.</summary>
    public Task AnswerAsync(CancellationToken cancellationToken) =>
        tables
            .GetTableClient("Deployment")
            .GetEntityIfExistsAsync<TableEntity>("deployment", "buckets", cancellationToken: cancellationToken);

    /// <summary>Makes the tables that are missing and holds the bucket count to the one that this deployment began with.</summary>
    /// <exception cref="InvalidOperationException">The setting differs from what the tables were filled with.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Names.Select(name => tables.CreateTableIfNotExistsAsync(name, cancellationToken)));
        var deployment = tables.GetTableClient("Deployment");
        var found = await deployment.GetEntityIfExistsAsync<TableEntity>("deployment", "buckets", cancellationToken: cancellationToken);
        if (!found.HasValue)
            await deployment.UpsertEntityAsync(
                new TableEntity("deployment", "buckets") { ["Count"] = buckets },
                TableUpdateMode.Replace,
                cancellationToken
            );
        else if (found.Value!.GetInt32("Count") is { } count && count != buckets)
            throw new InvalidOperationException(
                $"The setting Buckets is {buckets}, but this deployment's tables have {count} buckets. Set Buckets back to {count}: the partition key of every entity depends on it."
            );
    }
}
