using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Writing;

/// <summary>
/// Rows of the table <c>Prices</c>, in the bucket of the SKU: <c>state</c> (the price, and below it its last look), <c>decision</c> by
/// id, <c>when</c> (decisions, the newest first), <c>open</c> (publications that no channel has answered), <c>asked</c> (decisions that
/// wait for a person) and <c>part</c> (what a revert of many consists of).
/// </summary>
internal static class PriceForms
{
    private const string Document = "Document";

    public static readonly RowForm<PriceState> State = new(
        static (state, row) => LongText.Put(row, Document, JsonSerializer.Serialize(state, PricingJson.Default.PriceState)),
        static row => JsonSerializer.Deserialize(LongText.Get(row, Document), PricingJson.Default.PriceState)!
    );

    public static readonly RowForm<PriceLook> Look = new(
        static (look, row) => LongText.Put(row, Document, JsonSerializer.Serialize(look, PricingJson.Default.PriceLook)),
        static row => JsonSerializer.Deserialize(LongText.Get(row, Document), PricingJson.Default.PriceLook)!
    );

    public static readonly RowForm<PriceDecisionRecord> Decision = new(
        static (record, row) => LongText.Put(row, Document, JsonSerializer.Serialize(record, PricingJson.Default.PriceDecisionRecord)),
        static row => JsonSerializer.Deserialize(LongText.Get(row, Document), PricingJson.Default.PriceDecisionRecord)!
    );

    public static string StateKey(PriceKey key) => RowKeys.Of("state", key.Sku.Value, key.Channel.Value, key.Region.Value);

    // Behind the state's key, so that one range holds both.
    public static string LookKey(PriceKey key) => RowKeys.Of("state", key.Sku.Value, key.Channel.Value, key.Region.Value, "look");

    public static bool IsLook(string rowKey) => rowKey.EndsWith("|look", StringComparison.Ordinal) && rowKey.AsSpan().Count('|') == 4;

    public static string DecisionKey(string id) => RowKeys.Of("decision", id);

    public static string OpenKey(PriceKey key) => RowKeys.Of("open", key.Sku.Value, key.Channel.Value, key.Region.Value);

    public static string AskedKey(string id) => RowKeys.Of("asked", id);

    public static string PartKey(string revert, string id) => RowKeys.Of("part", revert, id);

    /// <summary>Ticks that are left until the end of time: of two decisions the later one sorts first.</summary>
    public static string WhenKey(DateTimeOffset at, string id) =>
        RowKeys.Of("when", (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture), id);

    /// <summary>The list entry of a decision.</summary>
    public static TableEntity When(string partition, PriceDecisionRecord record) =>
        new(partition, WhenKey(record.Decision.At, record.Id))
        {
            ["Sku"] = record.Decision.Key.Sku.Value,
            ["Channel"] = record.Decision.Key.Channel.Value,
            ["Region"] = record.Decision.Key.Region.Value,
            ["Category"] = record.Category,
            ["At"] = record.Decision.At,
            ["Outcome"] = record.Decision.Outcome.ToString(),
            ["Fate"] = record.Fate.ToString(),
            ["From"] = record.Decision.From.Amount.ToString(CultureInfo.InvariantCulture),
            ["To"] = record.Decision.To.Amount.ToString(CultureInfo.InvariantCulture),
            ["Currency"] = record.Decision.To.Currency.Code,
            ["Reason"] = Cut(record.Decision.Reason),
            ["Id"] = record.Id,
            ["Cause"] = Cut(record.Cause),
            ["By"] = record.By,
            ["Reverts"] = record.Reverts is not null,
        };

    public static TableEntity Row<T>(string partition, string rowKey, T document, RowForm<T> form)
        where T : class
    {
        var row = new TableEntity(partition, rowKey);
        form.Write(document, row);
        return row;
    }

    private static string Cut(string text) => text.Length <= 500 ? text : text[..500];
}
