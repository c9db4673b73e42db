using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>
/// Quarantined records as rows of the table <c>Quarantine</c>: a partition per channel, in which the key of what waits is its id, and the
/// key of what is settled comes behind all of these. What waits is read without the history, which grows without end. Each row has one
/// writer at a time: who takes the delivery in adds it, and who has the decision on the record's chain moves it.
/// </summary>
internal static class QuarantineRows
{
    private const string Settled = "settled";

    /// <summary>Where the keys of settled records begin: ids are hexadecimal.</summary>
    public const string SettledFrom = Settled + "|";

    public static string WaitingKey(string id) => RowKeys.Of(id);

    public static string SettledKey(string id) => RowKeys.Of(Settled, id);

    public static TableEntity Of(QuarantinedRecord record)
    {
        var row = RowOfBytes(record);
        if (record.Said?.EventId is { } eventId)
            row["SaidEventId"] = eventId;
        if (record.Said?.WebhookId is { } webhookId)
            row["SaidWebhookId"] = webhookId;
        if (record.Said?.TriggeredAt is { } triggered)
            row["SaidTriggeredAt"] = triggered;
        return row;
    }

    private static TableEntity RowOfBytes(QuarantinedRecord record) =>
        new(RowKeys.Of(record.Channel.Value), KeyOf(record))
        {
            ["Channel"] = record.Channel.Value,
            ["EventId"] = record.EventId ?? string.Empty,
            ["Topic"] = record.Topic ?? string.Empty,
            ["Field"] = record.Field,
            ["Reason"] = record.Reason,
            ["ReceivedAt"] = record.ReceivedAt,
            ["Blob"] = record.Blob,
            ["Bytes"] = record.Bytes,
            ["State"] = record.State,
            ["Code"] = record.Code.ToString(),
            ["Units"] = Text(record.Exposure.Units),
            ["Money"] = Text(record.Exposure.Money?.Amount),
            ["Currency"] = record.Exposure.Money?.Currency.Code ?? string.Empty,
            // As numbers too, for storage to compare. A column that is null is not stored, and what is unknown is at least nothing.
            ["UnitsAtStake"] = (double?)record.Exposure.Units,
            ["MoneyAtStake"] = (double?)record.Exposure.Money?.Amount,
            ["DeliveryId"] = record.Origin.DeliveryId ?? string.Empty,
            ["Headers"] = JsonSerializer.Serialize(record.Origin.Headers, QuarantineJson.Default.IReadOnlyDictionaryStringString),
        };

    public static QuarantinedRecord Read(TableEntity row) =>
        new(
            row.RowKey.StartsWith(SettledFrom, StringComparison.Ordinal) ? row.RowKey[SettledFrom.Length..] : row.RowKey,
            new ChannelId(row.GetString("Channel")),
            NullIfEmpty(row.GetString("EventId")),
            NullIfEmpty(row.GetString("Topic")),
            row.GetString("Field"),
            row.GetString("Reason"),
            row.GetDateTimeOffset("ReceivedAt")!.Value,
            row.GetString("Blob"),
            row.GetInt32("Bytes")!.Value,
            row.GetString("State"),
            SaidIn(row)
        )
        {
            Code = CodeIn(row),
            Exposure = new RecordExposure(Number(row.GetString("Units")), MoneyIn(row)),
            Origin = new QuarantineOrigin(
                NullIfEmpty(row.GetString("DeliveryId")),
                row.GetString("Headers") is { Length: > 0 } headers
                    ? JsonSerializer.Deserialize(headers, QuarantineJson.Default.IReadOnlyDictionaryStringString)!
                    : QuarantineOrigin.None.Headers
            ),
        };

    private static string KeyOf(QuarantinedRecord record) =>
        record.State == QuarantineStore.Waiting ? WaitingKey(record.Id) : SettledKey(record.Id);

    // Of rows from before it was kept, from what they say.
    private static QuarantineReason CodeIn(TableEntity row) =>
        Enum.TryParse<QuarantineReason>(row.GetString("Code"), out var code)
            ? code
            : QuarantineReasons.Of(new Rejection(row.GetString("Field") ?? "", row.GetString("Reason") ?? ""));

    private static Money? MoneyIn(TableEntity row) =>
        Number(row.GetString("Money")) is { } amount && Currency.TryParse(row.GetString("Currency"), out var currency)
            ? new Money(amount, currency)
            : null;

    private static string Text(decimal? figure) => figure?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static decimal? Number(string? text) => string.IsNullOrEmpty(text) ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static DeliveryHeaders? SaidIn(TableEntity row) =>
        new DeliveryHeaders(row.GetString("SaidEventId"), row.GetString("SaidWebhookId"), row.GetDateTimeOffset("SaidTriggeredAt"))
            is var said
        && said != DeliveryHeaders.None
            ? said
            : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class QuarantineJson : JsonSerializerContext;
