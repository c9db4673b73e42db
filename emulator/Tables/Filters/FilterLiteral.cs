using System.Globalization;
using System.Text;
using System.Xml;

namespace Stockgate.Emulator.Tables.Filters;

/// <summary>Values as OData literals ("Querying tables and entities", filter syntax): text in quotes with quotes doubled, types with their prefix.</summary>
internal static class FilterLiteral
{
    /// <exception cref="ArgumentException">The service has no literal for the type.</exception>
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        sbyte or byte or short or ushort or int or uint or decimal => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        float number => Floating(number),
        double number => Floating(number),
        long or ulong => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture) + "L",
        Guid id => $"guid'{id}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData data => $"X'{Convert.ToHexString(data.ToMemory().Span)}'",
        DateTimeOffset time => Time(time.UtcDateTime),
        DateTime time => Time(time.ToUniversalTime()),
        string text => Quoted(text),
        char letter => Quoted(letter.ToString()),
        StringBuilder text => Quoted(text.ToString()),
        _ => throw new ArgumentException($"A {value.GetType()} has no OData literal. Use a string, bool, number, Guid, DateTimeOffset, DateTime, byte[] or BinaryData."),
    };

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Time(DateTime utc) => $"datetime'{XmlConvert.ToString(utc, XmlDateTimeSerializationMode.RoundtripKind)}'";

    /// <summary>With a point, so that a whole number stays a Double and does not become an Int32.</summary>
    private static string Floating(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny(".EN") || double.IsInfinity(number) ? text : text + ".0";
    }
}
