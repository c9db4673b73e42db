using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DurableTask;

/// <summary>Writes inputs, outputs, events and statuses as text, and reads them.</summary>
public abstract class DataConverter
{
    /// <summary>A converter.</summary>
    protected DataConverter()
    {
    }

    /// <summary>The value as text; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public abstract string? Serialize(object? value);

    /// <summary>The value that the text stands for; null for null.</summary>
    public abstract object? Deserialize(string? data, Type targetType);

    /// <summary>The value that the text stands for; <c>default</c> for null.</summary>
    /// <exception cref="InvalidCastException">The converter gave a value of another type.</exception>
    public virtual T? Deserialize<T>(string? data) => Deserialize(data, typeof(T)) is { } value ? (T)value : default;
}
