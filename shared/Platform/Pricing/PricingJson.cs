using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Platform.Pricing.Reverts;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing;

/// <summary>
/// Source-generated JSON of prices as they are stored. A figure may be no number: what was decided from it has to be readable all the
/// same.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(PriceWork))]
[JsonSerializable(typeof(PriceState))]
[JsonSerializable(typeof(PriceLook))]
[JsonSerializable(typeof(PriceDecisionRecord))]
[JsonSerializable(typeof(PriceRevert))]
[JsonSerializable(typeof(Domain.Pricing.PricingFacts))]
public sealed partial class PricingJson : JsonSerializerContext;
