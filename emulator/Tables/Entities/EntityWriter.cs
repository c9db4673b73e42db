using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>Writes an entity as one line of JSON: its keys, then its properties; ETag and Timestamp are the service's, null is not stored.</summary>
internal static class EntityWriter
{
    private static readonly JsonWriterOptions Ascii = new() { SkipValidation = true };

    // Unescaped letters are shorter; a batch is read whole before it is decoded, so they are safe there.
    private static readonly JsonWriterOptions Unicode = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For a request of one entity. ASCII only: Azurite decodes such a body network chunk by network chunk and breaks a letter that two of them share.</summary>
    public static Utf8JsonWriter ForSingle(IBufferWriter<byte> output) => new(output, Ascii);

    /// <summary>For the parts of a transaction.</summary>
    public static Utf8JsonWriter ForTransaction(IBufferWriter<byte> output) => new(output, Unicode);

    public static void Write(Utf8JsonWriter writer, ITableEntity entity)
    {
        writer.WriteStartObject();
        writer.WriteString(PropertyName.PartitionKey.Value, entity.PartitionKey);
        writer.WriteString(PropertyName.RowKey.Value, entity.RowKey);
        if (entity is TableEntity dictionary) WriteProperties(writer, dictionary);
        else EntityMap.Of(entity.GetType()).WriteProperties(writer, entity);
        writer.WriteEndObject();
        writer.Flush();
    }

    private static void WriteProperties(Utf8JsonWriter writer, TableEntity entity)
    {
        foreach (var (name, value) in entity.Properties)
            if (value is not null && name is not ("PartitionKey" or "RowKey" or "Timestamp" or TableEntity.EtagKey)) EdmWriter.Write(writer, PropertyName.Of(name), value);
    }
}
