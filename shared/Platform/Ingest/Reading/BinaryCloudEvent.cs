using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;

namespace Stockgate.Platform.Ingest.Reading;

/// <summary>
/// A CloudEvent in binary mode: attributes in ce- headers, the body is its data
/// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#31-binary-content-mode).
/// </summary>
internal static class BinaryCloudEvent
{
    public const string VersionHeader = "ce-specversion";

    private const string Prefix = "ce-",
        StructuredType = "application/cloudevents";

    // Not attributes, or told by the Content-Type.
    private static readonly string[] NoAttributes = ["data", "datacontenttype"];

    public static bool Is(HttpRequest request) =>
        request.Headers.ContainsKey(VersionHeader)
        && request.ContentType?.StartsWith(StructuredType, StringComparison.OrdinalIgnoreCase) != true;

    /// <summary>The same event in structured mode. Data that is not JSON is put into <c>data_base64</c>, so that nothing is lost.</summary>
    public static ReadOnlyMemory<byte> ToStructured(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var buffer = new ArrayBufferWriter<byte>(body.Length + 512);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = Limits.JsonDepth }))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in request.Headers.Where(static h => IsAttribute(h.Key)))
                writer.WriteString(name[Prefix.Length..].ToLowerInvariant(), Decoded(value.ToString()));
            writer.WriteString("datacontenttype"u8, request.ContentType);
            if (IsJson(body.Span))
            {
                writer.WritePropertyName("data"u8);
                writer.WriteRawValue(body.Span, skipInputValidation: true);
            }
            else
                writer.WriteBase64String("data_base64"u8, body.Span);
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static bool IsAttribute(string header)
    {
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || header.Length == Prefix.Length)
            return false;
        var name = header.AsSpan(Prefix.Length);
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c))
                return false;
        return !Array.Exists(NoAttributes, no => header.AsSpan(Prefix.Length).Equals(no, StringComparison.OrdinalIgnoreCase));
    }

    // A value may be quoted, and what is no printable ASCII is percent-encoded UTF-8.
    private static string Decoded(string value)
    {
        if (value is ['"', .. var quoted, '"'])
        {
            var plain = new StringBuilder(quoted.Length);
            for (var i = 0; i < quoted.Length; i++)
                plain.Append(quoted[i] == '\\' && i + 1 < quoted.Length ? quoted[++i] : quoted[i]);
            value = plain.ToString();
        }
        return Uri.UnescapeDataString(value);
    }

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        try
        {
            // One level less: the data stands in the event.
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Limits.JsonDepth - 1 });
            var isThere = reader.Read();
            while (reader.Read()) { }
            return isThere;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
