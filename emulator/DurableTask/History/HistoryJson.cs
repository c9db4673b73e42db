using System.Buffers;
using System.Collections.ObjectModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace Stockgate.Emulator.DurableTask.History;

/// <summary>What is written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(HistoryEvent[]))]
[JsonSerializable(typeof(HistoryDocument))]
[JsonSerializable(typeof(TaskFailureDetails))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class HistoryTypes : JsonSerializerContext;

/// <summary>Events as JSON: one per message, an array per turn.</summary>
internal static class HistoryJson
{
    // Payloads are JSON inside JSON: the default encoder would make six characters of every quotation mark. Nothing here is shown as HTML.
    public static readonly HistoryTypes Compact = new(new JsonSerializerOptions(HistoryTypes.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static readonly HistoryTypes Readable = new(new JsonSerializerOptions(Compact.Options) { WriteIndented = true });

    public static byte[] Write(HistoryEvent e) => JsonSerializer.SerializeToUtf8Bytes(e, Compact.HistoryEvent);

    public static HistoryEvent Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Compact.HistoryEvent)!;

    public static HistoryEvent[] ReadTurn(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Compact.HistoryEventArray)!;

    public static string Write(TaskFailureDetails failure) => JsonSerializer.Serialize(failure, Compact.TaskFailureDetails);

    public static TaskFailureDetails? ReadFailure(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Compact.TaskFailureDetails);

    public static string WriteTags(IReadOnlyDictionary<string, string> tags) => JsonSerializer.Serialize(new Dictionary<string, string>(tags), Compact.DictionaryStringString);

    public static IReadOnlyDictionary<string, string> ReadTags(string? json) => json is null ? ReadOnlyDictionary<string, string>.Empty : JsonSerializer.Deserialize(json, Compact.DictionaryStringString)!;

    /// <summary>A turn's events as one array. Messages are taken as the bytes they arrived in.</summary>
    public static byte[] WriteTurn(OrchestratorStarted started, IReadOnlyList<ReadOnlyMemory<byte>> messages, IReadOnlyList<HistoryEvent> made)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + messages.Sum(m => m.Length + 1) + made.Count * 128);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        json.WriteStartArray();
        JsonSerializer.Serialize(json, started, Compact.HistoryEvent);
        foreach (var message in messages) json.WriteRawValue(message.Span, skipInputValidation: true);
        foreach (var e in made) JsonSerializer.Serialize(json, e, Compact.HistoryEvent);
        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
