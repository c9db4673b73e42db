using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>The properties of an entity class, found once by reflection and then reached by delegates.</summary>
internal sealed class EntityMap
{
    private static readonly ConcurrentDictionary<Type, EntityMap> Known = new();

    private static readonly string[] SystemProperties = ["PartitionKey", "RowKey", "Timestamp", "ETag"];

    private readonly PropertyAccessor[] properties;
    private readonly Func<object> create;

    private EntityMap(Type type)
    {
        properties = [.. Stored(type).Select(property => PropertyAccessor.Of(property, NameOf(property)))];
        var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []);
        create = type.IsAbstract || constructor is null
            ? () => throw new InvalidOperationException($"{type} cannot be read from a table: give it a constructor without parameters.")
            : Expression.Lambda<Func<object>>(Expression.New(constructor)).Compile();
    }

    public static EntityMap Of(Type type) => Known.GetOrAdd(type, static type => new EntityMap(type));

    /// <summary>The name that the property has in the table.</summary>
    public static string NameOf(MemberInfo property) =>
        property.GetCustomAttribute<DataMemberAttribute>() is { IsNameSetExplicitly: true, Name: { } name } ? name : property.Name;

    public void WriteProperties(Utf8JsonWriter writer, ITableEntity entity)
    {
        foreach (var property in properties) property.Write(writer, entity);
    }

    /// <summary>Reads one entity; the reader stands on its start and is left on its end.</summary>
    public ITableEntity Read(ref Utf8JsonReader reader)
    {
        var entity = (ITableEntity)create();
        var next = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("odata.etag"u8)) entity.ETag = Next(ref reader).GetString() is { } etag ? new ETag(etag) : default;
            else if (reader.ValueTextEquals("PartitionKey"u8)) entity.PartitionKey = Next(ref reader).GetString()!;
            else if (reader.ValueTextEquals("RowKey"u8)) entity.RowKey = Next(ref reader).GetString()!;
            else if (reader.ValueTextEquals("Timestamp"u8)) entity.Timestamp = EdmReader.Time(ref Next(ref reader));
            else if (Find(ref reader, ref next) is { } property) property.Read(ref Next(ref reader), entity);
            else reader.Skip();
        }

        return entity;
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ref reader;
    }

    private static IEnumerable<PropertyInfo> Stored(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property =>
        property.CanRead && property.GetMethod!.IsPublic && property.GetIndexParameters().Length == 0 && !SystemProperties.Contains(property.Name) &&
        property.GetCustomAttribute<IgnoreDataMemberAttribute>() is null);

    /// <summary>Services answer in the order of writing, so that the property after the last one is nearly always the right one.</summary>
    private PropertyAccessor? Find(ref Utf8JsonReader reader, ref int next)
    {
        for (var i = 0; i < properties.Length; i++)
        {
            var index = next + i < properties.Length ? next + i : next + i - properties.Length;
            if (!reader.ValueTextEquals(properties[index].Name.Utf8)) continue;
            next = index + 1 == properties.Length ? 0 : index + 1;
            return properties[index];
        }

        return null;
    }
}
