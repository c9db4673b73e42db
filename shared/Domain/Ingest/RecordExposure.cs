using System.Text.Json;

namespace Stockgate.Domain.Ingest;

/// <summary>
/// What is at stake in a record that can't be taken in, as far as it says so itself: a guess for whoever sorts, never a figure that is
/// summed into a report.
/// </summary>
/// <param name="Units">Of its lines, or of its one item; null where it says none.</param>
/// <param name="Money">Its total, or what its lines come to; null where it says none.</param>
public sealed record RecordExposure(decimal? Units, Money? Money)
{
    /// <summary>Beyond this a figure is a mistake, and probably the one that the record was refused for.</summary>
    private const decimal Believed = 1_000_000;

    private static readonly string[] Bodies = ["data", "order", "payload", "object", "after", "resource"],
        Totals = ["total_price", "totalPrice", "grand_total", "total_inc_tax", "total_money", "amountTotal", "total", "price", "amount"],
        Lines = ["lines", "line_items", "lineItems", "items", "rows"],
        Counts = ["quantity", "qty", "qty_ordered", "available", "stock_quantity"],
        Currencies = ["currency", "currencyCode", "currency_code", "order_currency_code", "money"];

    public static readonly RecordExposure Unknown = new(null, null);

    /// <param name="record">As it was sent; anything.</param>
    public static RecordExposure Of(ReadOnlyMemory<byte> record)
    {
        try
        {
            using var document = JsonDocument.Parse(record, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
            return Of(document.RootElement, 0);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return Unknown;
        }
    }

    private static RecordExposure Of(JsonElement said, int depth)
    {
        if (said.ValueKind != JsonValueKind.Object)
            return Unknown;
        var lines = Lines.Select(name => Member(said, name)).FirstOrDefault(static l => l.ValueKind == JsonValueKind.Array);
        var units = lines.ValueKind == JsonValueKind.Array ? UnitsOf(lines) : Number(said, Counts);
        var (amount, currency) = TotalOf(said);
        if (units is null && amount is null && depth < 3)
            foreach (var name in Bodies)
                if (Of(Member(said, name), depth + 1) is var inner && inner != Unknown)
                    return inner;
        return new RecordExposure(
            Plausible(units),
            Plausible(amount) is { } money && currency is { } known ? new Money(money, known) : null
        );
    }

    private static decimal? UnitsOf(JsonElement lines)
    {
        decimal? sum = null;
        foreach (var line in lines.EnumerateArray().Take(Limits.OrderLines))
            if (line.ValueKind == JsonValueKind.Object && Plausible(Number(line, Counts)) is { } units)
                sum = (sum ?? 0) + units;
        return sum;
    }

    private static (decimal? Amount, Currency? Currency) TotalOf(JsonElement said)
    {
        var currency = CurrencyOf(said);
        foreach (var name in Totals)
        {
            var total = Member(said, name);
            // Amounts in the smallest unit, as some vendors write them, are worth their currency's digits.
            if (total.ValueKind == JsonValueKind.Object && CurrencyOf(total) is { } own)
                return (MinorUnits(total, own), own);
            if (Value(total) is { } amount)
                return (amount, currency);
        }
        return (null, currency);
    }

    private static decimal? MinorUnits(JsonElement total, Currency currency)
    {
        var amount = Number(total, ["centAmount", "amount"]);
        for (var digit = currency.MinorUnits; digit > 0 && amount is not null; digit--)
            amount /= 10;
        return amount;
    }

    private static Currency? CurrencyOf(JsonElement said)
    {
        foreach (var name in Currencies)
            if (Member(said, name) is { ValueKind: JsonValueKind.String } text && Currency.TryParse(text.GetString()!, out var currency))
                return currency;
        return null;
    }

    private static decimal? Number(JsonElement said, string[] names)
    {
        foreach (var name in names)
            if (Value(Member(said, name)) is { } value)
                return value;
        return null;
    }

    private static decimal? Value(JsonElement said) =>
        said.ValueKind switch
        {
            JsonValueKind.Number when said.TryGetDecimal(out var number) => number,
            JsonValueKind.String
                when decimal.TryParse(
                    said.GetString(),
                    System.Globalization.NumberStyles.Number,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out var number
                ) => number,
            _ => null,
        };

    private static JsonElement Member(JsonElement said, string name) =>
        said.ValueKind == JsonValueKind.Object && said.TryGetProperty(name, out var member) ? member : default;

    private static decimal? Plausible(decimal? figure) => figure is > 0 and <= Believed ? figure : null;
}
