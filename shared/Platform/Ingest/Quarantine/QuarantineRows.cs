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

/// <summary>Quarantined records as rows of the table <c>Quarantine</c>.</summary>
internal static class QuarantineRows
{
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
        new(RowKeys.Of(record.Channel.Value), RowKeys.Of(record.Id))
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
            ["DeliveryId"] = record.Origin.DeliveryId ?? string.Empty,
            ["Headers"] = JsonSerializer.Serialize(record.Origin.Headers, QuarantineJson.Default.IReadOnlyDictionaryStringString),
        };

    public static QuarantinedRecord Read(TableEntity row) =>
        new(
            row.RowKey,
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
