using System.Globalization;
using System.Text.Json;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>
/// A number out of a source: <c>{"times": 0.01, "decimal": ",", "abs": true}</c>. <c>times</c> turns pence into pounds or cases into units.
/// </summary>
/// <param name="Times">What it is multiplied by.</param>
/// <param name="DecimalComma">Whether a comma stands before the decimals and a point between thousands.</param>
/// <param name="Absolute">Whether its sign is dropped.</param>
internal sealed record MappingNumber(decimal Times, bool DecimalComma, bool Absolute)
{
    public static readonly MappingNumber Default = new(1, DecimalComma: false, Absolute: false);

    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowExponent;

    private static readonly NumberFormatInfo Comma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    public static MappingNumber Read(MappingMember member)
    {
        member.Only("times", "decimal", "abs");
        var separator = member.Find("decimal")?.Text() ?? ".";
        if (separator is not ("." or ","))
            throw member.Wrong("has a decimal that is neither a point nor a comma");
        return new MappingNumber(member.Find("times")?.Number() ?? 1, separator == ",", member.Find("abs")?.Flag() ?? false);
    }

    /// <returns>Null where it is no number, or one beyond <see cref="Limits.Number"/>.</returns>
    public decimal? Of(JsonElement element)
    {
        decimal? given = element.ValueKind switch
        {
            JsonValueKind.Number when element.TryGetDecimal(out var number) => number,
            JsonValueKind.String when Parse(element.GetString()!) is { } number => number,
            _ => null,
        };
        if (given is not { } value || Math.Abs(value) > Limits.Number || Math.Abs(value) * Math.Abs(Times) > Limits.Number)
            return null;
        return Absolute ? Math.Abs(value * Times) : value * Times;
    }

    // A comma that is no separator of thousands is a mistake of the mapping, and "1,5" must not become 15.
    private decimal? Parse(string text)
    {
        var (point, group) = DecimalComma ? (',', '.') : ('.', ',');
        var whole = text.Trim().TrimStart('+', '-').Split(point)[0].Split(group);
        if (whole.Length > 1 && (whole[0].Length is 0 or > 3 || whole[1..].Any(static part => part.Length != 3)))
            return null;
        var format = DecimalComma ? Comma : NumberFormatInfo.InvariantInfo;
        return decimal.TryParse(text.Trim(), Style, format, out var number) ? number : null;
    }
}
