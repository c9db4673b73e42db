using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Stockgate.Local.Host.Protocol;

namespace Stockgate.Local.Host.Http;

/// <summary>What an HTTP function finds in its binding data: headers, query and route values.</summary>
internal static class BindingData
{
    private static readonly JsonWriterOptions Fast = new() { SkipValidation = true };

    private static readonly TypedData None = new() { Json = "{}" };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    public static void Fill(InvocationRequest invocation, HttpRequest request, RouteValueDictionary route)
    {
        var metadata = invocation.TriggerMetadata;
        metadata["Headers"] = new TypedData { Json = Json(request.Headers) };
        metadata["Query"] = request.QueryString.HasValue ? new TypedData { Json = Json(request.Query) } : None;
        if (request.QueryString.HasValue)
            foreach (var (name, value) in request.Query)
                if (name.Length > 0)
                    metadata[name] = new TypedData { String = value.ToString() };
        // Last: a route value wins over a query value of the same name.
        foreach (var (name, value) in route)
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { } text)
                metadata[name] = new TypedData { String = text };
    }

    private static string Json(IEnumerable<KeyValuePair<string, StringValues>> values)
    {
        var bytes = buffer ??= new ArrayBufferWriter<byte>(1024);
        bytes.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(bytes, Fast))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values)
                writer.WriteString(name, value.ToString());
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
