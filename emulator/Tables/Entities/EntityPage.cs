using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>Entities out of a response's JSON, read from its bytes.</summary>
internal static class EntityPage
{
    /// <summary>The answer to a get: one entity.</summary>
    public static T ReadOne<T>(Response response) where T : class, ITableEntity
    {
        var reader = new Utf8JsonReader(response.Content.ToMemory().Span);
        reader.Read();
        return Read<T>(ref reader, new PropertyNames());
    }

    /// <summary>The answer to a query: <c>{"odata.metadata":…,"value":[…]}</c>.</summary>
    public static List<T> ReadMany<T>(Response response) where T : class, ITableEntity
    {
        var entities = new List<T>();
        var names = new PropertyNames();
        var reader = new Utf8JsonReader(response.Content.ToMemory().Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (!isValue) reader.Skip();
            else
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) entities.Add(Read<T>(ref reader, names));
        }

        return entities;
    }

    private static T Read<T>(ref Utf8JsonReader reader, PropertyNames names) where T : class, ITableEntity =>
        typeof(T) == typeof(TableEntity) || typeof(T) == typeof(ITableEntity)
            ? (T)(ITableEntity)EdmReader.Read(ref reader, names)
            : (T)EntityMap.Of(typeof(T)).Read(ref reader);
}
