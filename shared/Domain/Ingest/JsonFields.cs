using System.Globalization;
using System.Text.Json;

namespace Stockgate.Domain.Ingest;

/// <summary>A field of a delivery that is not as its system documents it.</summary>
internal sealed class FieldException(string field, string reason) : Exception($"{field} {reason}")
{
    public Rejection Rejection { get; } = new(field, reason);
}

/// <summary>Reads a delivery's fields; missing or malformed fields are reported with their path.</summary>
/// <param name="element">An object.</param>
/// <param name="path">Where it is; of an item of a list, where that is.</param>
/// <param name="item">Its number in the list; below zero where it is in none.</param>
// A path is made where it is told: an order has hundreds of fields.
internal readonly struct JsonFields(JsonElement element, string path, int item = -1)
{
    public string PathOf(string name)
    {
        if (item >= 0)
            return $"{path}[{item}].{name}";
        return path.Length == 0 ? name : $"{path}.{name}";
    }

    /// <summary>A number or text as text: many systems' ids are numbers, but they are names.</summary>
    public string? OptionalId(string name) =>
        Optional(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } number => Checked(name, number.GetRawText()),
            { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } id ? Checked(name, id) : null,
            _ => throw new FieldException(PathOf(name), "must be an id"),
        };

    public string Id(string name) => OptionalId(name) is { Length: > 0 } id ? id : throw new FieldException(PathOf(name), "is missing");

    /// <summary>A text that isn't blank; null otherwise. Many systems send "" where there is none.</summary>
    public string? OptionalText(string name) =>
        Optional(name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { } value && !string.IsNullOrWhiteSpace(value)
            ? value.Trim()
            : null;

    public decimal? OptionalNumber(string name)
    {
        decimal? given = Optional(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } empty when empty.GetString() is "" => null,
            { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var value) => value,
            { ValueKind: JsonValueKind.String } text
                when decimal.TryParse(
                    text.GetString(),
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var value
                ) => value,
            _ => throw new FieldException(PathOf(name), "must be a number"),
        };
        // Held to the bound here, before anything is multiplied: a product of two that are beyond it may not fit a decimal.
        return given is { } one && Rules.Bounded(name, one) is { } beyond ? throw new FieldException(PathOf(name), beyond.Reason) : given;
    }

    /// <summary>An amount that is sent as a whole number of its smallest unit: 1999 with two digits is 19.99.</summary>
    public decimal? OptionalMinor(string name, int digits)
    {
        if (Optional(name) is not { } number)
            return null;
        var text = number.ValueKind == JsonValueKind.String ? number.GetString() : number.GetRawText();
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var units))
            throw new FieldException(PathOf(name), "must be a whole number of the currency's smallest unit");
        var amount = units * new decimal(1, 0, 0, false, (byte)digits);
        return Rules.Bounded(PathOf(name), amount) is { } beyond ? throw new FieldException(beyond.Field, beyond.Reason) : amount;
    }

    /// <summary>The first text of an object whose fields are texts, such as one by language.</summary>
    public string? FirstText(string name)
    {
        if (Optional(name) is not { ValueKind: JsonValueKind.Object } texts)
            return OptionalText(name);
        var first = texts.EnumerateObject().Select(static t => t.Value).FirstOrDefault(static t => t.ValueKind == JsonValueKind.String);
        return first.ValueKind == JsonValueKind.String && first.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    /// <summary>Whether the field is present with null, which differs from a missing field.</summary>
    public bool IsNull(string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    public decimal Number(string name) => OptionalNumber(name) ?? throw new FieldException(PathOf(name), "is missing");

    public DateTimeOffset? OptionalTime(string name) =>
        Optional(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } empty when empty.GetString() is "" => null,
            { ValueKind: JsonValueKind.String } text when Moment.TryParse(DeliveryHeaders.Cut(text.GetString()), out var time) => time,
            _ => throw new FieldException(PathOf(name), "must be a time such as 2026-03-01T09:30:00-05:00"),
        };

    /// <summary>A time in seconds since 1970; 0 counts as none.</summary>
    public DateTimeOffset? OptionalSeconds(string name)
    {
        if (Optional(name) is not { } number)
            return null;
        var text = number.ValueKind == JsonValueKind.String ? number.GetString() : number.GetRawText();
        if (
            !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > Limits.Latest.ToUnixTimeSeconds()
        )
            throw new FieldException(PathOf(name), "must be a time in seconds since 1970");
        return seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    public DateTimeOffset Time(string name) => OptionalTime(name) ?? throw new FieldException(PathOf(name), "is missing");

    public bool Flag(string name) => Optional(name) is { ValueKind: JsonValueKind.True };

    public Currency? OptionalCurrency(string name) =>
        OptionalText(name) is not { } code ? null
        : Currency.TryParse(code, out var currency) ? currency
        : throw new FieldException(PathOf(name), $"'{code}' is not an ISO 4217 currency code such as GBP");

    public bool Has(string name) => Optional(name) is not null;

    /// <summary>A SKU; null where there is none.</summary>
    public Sku? OptionalSku(string name)
    {
        if (OptionalText(name) is not { } text)
            return null;
        return Sku.Mistake(text, out var sku) is { } mistake ? throw new FieldException(PathOf(name), mistake) : sku;
    }

    public JsonFields? OptionalObject(string name) =>
        Optional(name) is { ValueKind: JsonValueKind.Object } inner ? new JsonFields(inner, PathOf(name)) : null;

    public IReadOnlyList<JsonFields> List(string name)
    {
        if (Optional(name) is not { } list)
            return [];
        if (list.ValueKind != JsonValueKind.Array)
            throw new FieldException(PathOf(name), "must be a list");
        var length = list.GetArrayLength();
        if (length == 0)
            return [];
        var (at, items) = (PathOf(name), new JsonFields[length]);
        var i = 0;
        foreach (var one in list.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object)
                throw new FieldException($"{at}[{i}]", "must be an object");
            items[i] = new JsonFields(one, at, i++);
        }
        return items;
    }

    /// <summary>A list of texts; other elements are refused.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Optional(name) is not { } list)
            return [];
        if (list.ValueKind != JsonValueKind.Array)
            throw new FieldException(PathOf(name), "must be a list");
        var at = PathOf(name);
        return
        [
            .. list.EnumerateArray()
                .Select(
                    (one, i) =>
                        one.ValueKind == JsonValueKind.String ? one.GetString()! : throw new FieldException($"{at}[{i}]", "must be a text")
                ),
        ];
    }

    /// <summary>An id that can be one of ours.</summary>
    public string Checked(string name, string id) =>
        Identifier.Mistake(id) is { } mistake ? throw new FieldException(PathOf(name), mistake) : id;

    private JsonElement? Optional(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
