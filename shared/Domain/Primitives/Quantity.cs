using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain;

/// <summary>A number of sales units; a fraction where the unit is a weight or a length. May be negative, as in a movement out.</summary>
[JsonConverter(typeof(QuantityConverter))]
public readonly record struct Quantity(decimal Value) : IComparable<Quantity>
{
    public static readonly Quantity Zero;

    public static Quantity operator +(Quantity a, Quantity b) => new(a.Value + b.Value);

    public static Quantity operator -(Quantity a, Quantity b) => new(a.Value - b.Value);

    public static Quantity operator -(Quantity a) => new(-a.Value);

    public static bool operator <(Quantity a, Quantity b) => a.Value < b.Value;

    public static bool operator >(Quantity a, Quantity b) => a.Value > b.Value;

    public static bool operator <=(Quantity a, Quantity b) => a.Value <= b.Value;

    public static bool operator >=(Quantity a, Quantity b) => a.Value >= b.Value;

    public static Quantity Max(Quantity a, Quantity b) => a > b ? a : b;

    public static Quantity Min(Quantity a, Quantity b) => a < b ? a : b;

    public int CompareTo(Quantity other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A quantity as a number in JSON; a text that holds one is read too.</summary>
public sealed class QuantityConverter : JsonConverter<Quantity>
{
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetDecimal(out var number) => new Quantity(number),
            JsonTokenType.String
                when decimal.TryParse(
                    reader.GetString(),
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => new Quantity(number),
            // No thousands separators: "1,5" is one and a half to half of the world.
            _ => throw new JsonException("must be a number"),
        };

    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Value);
}
