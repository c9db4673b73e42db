using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Launch;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Requests;
using Stockgate.Platform.Promotions.Settlement;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Records;

/// <summary>Documents that belong to one promotion, each a row of its partition.</summary>
public sealed class PromotionRows(StateTables tables)
{
    private const string Document = "Document";

    internal async Task<T?> FindAsync<T>(PromotionId promotion, string key, JsonTypeInfo<T> json, CancellationToken cancellationToken)
        where T : class
    {
        var row = await tables.Promotions.GetEntityIfExistsAsync<TableEntity>(
            PromotionKeys.PartitionOf(promotion),
            key,
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Read(row.Value!, json) : null;
    }

    /// <summary>Every document of a kind.</summary>
    internal async Task<List<T>> ListAsync<T>(PromotionId promotion, string kind, JsonTypeInfo<T> json, CancellationToken cancellationToken)
        where T : class
    {
        var found = new List<T>();
        await foreach (
            var row in tables.Promotions.QueryAsync<TableEntity>(
                RowKeys.Under(PromotionKeys.PartitionOf(promotion), kind),
                cancellationToken: cancellationToken
            )
        )
            found.Add(Read(row, json));
        return found;
    }

    internal Task PutAsync<T>(PromotionId promotion, string key, T document, JsonTypeInfo<T> json, CancellationToken cancellationToken)
        where T : class
    {
        var row = new TableEntity(PromotionKeys.PartitionOf(promotion), key);
        LongText.Put(row, Document, JsonSerializer.Serialize(document, json));
        return tables.Promotions.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken);
    }

    private static T Read<T>(TableEntity row, JsonTypeInfo<T> json) => JsonSerializer.Deserialize(LongText.Get(row, Document), json)!;
}

/// <summary>When a channel took the announcement of a promotion's terms.</summary>
public sealed record Announcement(SalesChannelId Channel, int Terms, DateTimeOffset TakenAt);

/// <summary>A stored input to a promotion from a person or channel, a row of the kind <c>input</c>. Exactly one field is set.</summary>
internal sealed record PromotionInput
{
    public const string Kind = "input";

    public GivenApproval? Approval { get; init; }

    public GateOverride? Override { get; init; }

    public ReplenishmentOrder? Order { get; init; }

    public Announcement? Announced { get; init; }

    public string Key =>
        this switch
        {
            { Approval: { } given } => RowKeys.Of(Kind, "approval", given.Role, given.By, $"{given.Revision:000000}"),
            { Override: { } lifted } => RowKeys.Of(Kind, "override", lifted.Gate),
            { Order: { } order } => RowKeys.Of(Kind, "order", order.Sku.Value, order.Region.Value),
            { Announced: { } taken } => RowKeys.Of(Kind, "announced", taken.Channel.Value),
            _ => throw new InvalidOperationException("An input is null."),
        };
}

/// <summary>Source-generated JSON of what is kept of promotions.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true
)]
[JsonSerializable(typeof(PromotionRecord))]
[JsonSerializable(typeof(PromotionTerms))]
[JsonSerializable(typeof(PromotionInput))]
[JsonSerializable(typeof(PromotionCommand))]
[JsonSerializable(typeof(ChannelStep))]
[JsonSerializable(typeof(AnnouncementMessage))]
[JsonSerializable(typeof(Shortfall[]))]
[JsonSerializable(typeof(AvailabilitySample))]
[JsonSerializable(typeof(WatchedAnomaly))]
[JsonSerializable(typeof(ThrottleMessage))]
[JsonSerializable(typeof(ClaimMessage))]
[JsonSerializable(typeof(ExtendMessage))]
internal sealed partial class PromotionRowsJson : JsonSerializerContext;
