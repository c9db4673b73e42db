using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions;

/// <summary>
/// The first moment after a window. A date without a time includes the whole day: <c>2027-02-02</c> is read and shown as
/// <c>2027-02-03T00:00:00</c>.
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
