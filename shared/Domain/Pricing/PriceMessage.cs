using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Pricing;

/// <summary>Prices that a channel is to show from now on: the body of a message to it.</summary>
/// <param name="Type">Always <c>stockgate.price.publish.v1</c>.</param>
/// <param name="Id">The same for the same prices, however often they are sent.</param>
/// <param name="Channel">To whom.</param>
/// <param name="Prices">1 to <see cref="MostPrices"/>.</param>
public sealed record PriceMessage(string Type, string Id, SalesChannelId Channel, IReadOnlyList<PublishedPrice> Prices)
{
    public const string PublishType = "stockgate.price.publish.v1";

    public const int MostPrices = 500;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PriceMessageJson.Default.PriceMessage);
}

/// <summary>
/// One price of a message. The channel takes it where <paramref name="Revision"/> is above the last that it took for the item and region.
/// </summary>
/// <param name="Sku">The item.</param>
/// <param name="Region">Where it holds.</param>
/// <param name="Revision">1 or more; the answer names it.</param>
/// <param name="Price">What customers pay, above 0.</param>
/// <param name="Currency">Of both amounts.</param>
/// <param name="CompareAt">The price that may be shown struck through; null: none may.</param>
/// <param name="Decision">The decision's id.</param>
public sealed record PublishedPrice(
    Sku Sku,
    RegionId Region,
    int Revision,
    decimal Price,
    Currency Currency,
    decimal? CompareAt,
    string Decision
);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PriceMessage))]
internal sealed partial class PriceMessageJson : JsonSerializerContext;
