using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions;

/// <summary>
/// The first moment after a window. Whoever writes a date without a time means the whole of that day: <c>2027-02-02</c> is
/// <c>2027-02-03T00:00:00</c>, and is shown so from then on.
/// </summary>
public sealed class EndOfWindowConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day < DateOnly.MaxValue
            ? day.AddDays(1).ToDateTime(TimeOnly.MinValue)
            : reader.GetDateTime();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
