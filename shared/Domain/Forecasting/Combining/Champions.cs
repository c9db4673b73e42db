using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Forecasting.Combining;

/// <summary>The champion of a segment.</summary>
public sealed record Champion(string Segment, IReadOnlyList<MethodWeight> Weights);

/// <summary>The champions by segment, passed from one run to the next.</summary>
public sealed record Champions(IReadOnlyList<Champion> Segments)
{
    public static Champions None { get; } = new([]);

    /// <summary>Null if the segment has none.</summary>
    public IReadOnlyList<MethodWeight>? Of(string segment) => Segments.FirstOrDefault(s => s.Segment == segment)?.Weights;

    /// <returns>None where it is not such a text: then all methods begin again, which costs a night's comparison and no forecast.</returns>
    public static Champions Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
            return None;
        try
        {
            return JsonSerializer.Deserialize(json, ChampionsJson.Default.Champions) is { Segments: not null } read ? read : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ChampionsJson.Default.Champions);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Champions))]
internal sealed partial class ChampionsJson : JsonSerializerContext;
