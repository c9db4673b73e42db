using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Microsoft.DurableTask;

/// <summary>JSON with the defaults of the web: camel case, names read in any case, numbers read from strings.</summary>
internal sealed class JsonDataConverter : DataConverter
{
    private JsonDataConverter()
    {
    }

    /// <summary>The only one that is needed.</summary>
    public static JsonDataConverter Default { get; } = new();

    [return: NotNullIfNotNull(nameof(value))]
    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : JsonSerializer.Deserialize(data, targetType, JsonSerializerOptions.Web);
}
