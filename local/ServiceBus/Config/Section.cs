using System.Text.Json;
using System.Xml;

namespace Stockgate.Local.ServiceBus.Config;

/// <summary>An object in the entity file that knows where it stands, so that every complaint names file, entity and property.</summary>
internal sealed record Section(JsonElement Element, string File, string Where, string Name = "")
{
    public Section Named(string kind) =>
        Text("Name") is { Length: > 0 } name
            ? this with
            {
                Where = $"{kind} '{name}'",
                Name = name,
            }
            : throw (this with { Where = kind }).Wrong("Name", "it is missing");

    public Section Only(params IEnumerable<string> known)
    {
        if (Element.ValueKind != JsonValueKind.Object)
            throw new InvalidOperationException($"{File}: {Where} must be an object.");
        foreach (var property in Element.EnumerateObject())
            if (!known.Contains(property.Name))
                throw Wrong(property.Name, $"unknown; the properties are {string.Join(", ", known)}");
        return this;
    }

    public Section Required(string name) => Optional(name) ?? throw Wrong(name, "it is missing");

    public Section? Optional(string name) => Get(name) is { } value ? this with { Element = value } : null;

    public IEnumerable<Section> Items(string name) =>
        Get(name) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } array => array
                .EnumerateArray()
                .Select(item => this with { Element = item, Where = $"an item of {name}" }),
            _ => throw Wrong(name, "it must be an array"),
        };

    public string? Text(string name) =>
        Get(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            _ => throw Wrong(name, "it must be a string"),
        };

    public bool? Flag(string name) =>
        Get(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { } value => throw Wrong(name, $"{value.GetRawText()} is not true or false"),
        };

    public int? Count(string name) =>
        Get(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var count) && count is >= 1 and <= 2000 => count,
            { } value => throw Wrong(name, $"{value.GetRawText()} is not a whole number from 1 to 2000"),
        };

    /// <summary>An ISO 8601 duration above zero.</summary>
    public TimeSpan? Duration(string name, TimeSpan? atMost = null)
    {
        if (Text(name) is not { } text)
            return null;
        TimeSpan duration;
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
        }
        catch (OverflowException)
        {
            duration = TimeSpan.MaxValue;
        }
        catch (FormatException)
        {
            throw Wrong(name, $"'{text}' is not an ISO 8601 duration such as PT1M or P14D");
        }
        if (duration <= TimeSpan.Zero)
            throw Wrong(name, $"'{text}' must be above zero");
        if (duration > atMost)
            throw Wrong(name, $"'{text}' is over the limit of {XmlConvert.ToString(atMost.Value)}");
        return duration;
    }

    public InvalidOperationException Wrong(string property, string what) => new($"{File}: {Where}, property {property}: {what}.");

    private JsonElement? Get(string name) =>
        Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
