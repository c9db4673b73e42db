using System.Reflection;
using System.Text.Json;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>One property of an entity class: how to write it and how to read it.</summary>
internal abstract class PropertyAccessor(PropertyName name)
{
    public PropertyName Name { get; } = name;

    /// <exception cref="NotSupportedException">The service has no type for the property's.</exception>
    public static PropertyAccessor Of(PropertyInfo property, string name)
    {
        var conversion = EdmConversion.Of(property.PropertyType) ?? throw new NotSupportedException(
            $"{property.DeclaringType}.{property.Name}: the Table service has no type for {property.PropertyType}. " +
            "Mark it [IgnoreDataMember] or store it as a string, int, long or double.");
        var accessor = typeof(PropertyAccessor<,>).MakeGenericType(property.DeclaringType!, property.PropertyType);
        return (PropertyAccessor)Activator.CreateInstance(accessor, property, name, conversion)!;
    }

    public abstract void Write(Utf8JsonWriter writer, object entity);

    public abstract void Read(ref Utf8JsonReader reader, object entity);
}

/// <inheritdoc />
internal sealed class PropertyAccessor<TEntity, TValue>(PropertyInfo property, string name, EdmConversion<TValue> conversion)
    : PropertyAccessor(PropertyName.Of(name)) where TEntity : class
{
    private readonly Func<TEntity, TValue> get = property.GetMethod!.CreateDelegate<Func<TEntity, TValue>>();
    private readonly Action<TEntity, TValue>? set = property.SetMethod?.CreateDelegate<Action<TEntity, TValue>>();

    public override void Write(Utf8JsonWriter writer, object entity) => conversion.Write(writer, Name, get((TEntity)entity));

    public override void Read(ref Utf8JsonReader reader, object entity)
    {
        if (set is null) reader.Skip();
        else if (reader.TokenType == JsonTokenType.Null) set((TEntity)entity, default!);
        else set((TEntity)entity, Convert(ref reader));
    }

    private TValue Convert(ref Utf8JsonReader reader)
    {
        try
        {
            return conversion.Read(ref reader);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or ArgumentException)
        {
            // The reader knows the token only, not whose value it is.
            throw new InvalidOperationException($"Property '{Name}' in the table holds a {reader.TokenType} that does not fit {typeof(TEntity)}'s {typeof(TValue)}.", error);
        }
    }
}
