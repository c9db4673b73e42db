using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting.Follows;

namespace Stockgate.Platform.Forecasting.Follows;

/// <summary>How sales follow the price.</summary>
/// <param name="Category">Empty where the item has none.</param>
/// <param name="Sku">Null: what to expect of an item of the category of which nothing else is known.</param>
/// <param name="Value">Below 0.</param>
/// <param name="Low">The stronger end of the interval of 95 %.</param>
/// <param name="High">The weaker end, below 0.</param>
public sealed record KnownElasticity(string Category, Sku? Sku, double Value, double Low, double High);

/// <summary>The elasticities of a run, for the flows that decide prices.</summary>
internal static class ElasticityFile
{
    public const string Name = "elasticities.json";

    public static byte[] Of(IEnumerable<PriceResponse> responses) => JsonSerializer.SerializeToUtf8Bytes(
        [.. responses.Select(static r => new KnownElasticity(r.Category, r.Sku, r.Elasticity.Value, r.Elasticity.Low, r.Elasticity.High))], ElasticityJson.Default.ListKnownElasticity);

    public static IReadOnlyList<KnownElasticity> Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, ElasticityJson.Default.ListKnownElasticity) ?? [];
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<KnownElasticity>))]
internal sealed partial class ElasticityJson : JsonSerializerContext;
