using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>
/// The allocation of an order to locations: the body of a Standard Webhooks message whose <c>webhook-id</c> is <see cref="Id"/>, the
/// idempotency key. The channel answers with <c>stockgate.order.allocated.v1</c>.
/// </summary>
public sealed record AllocationMessage
{
    public const string TypeName = "stockgate.order.allocate.v1";

    public string Type { get; set; } = TypeName;

    /// <summary>The order's number, as the channel that placed it calls it.</summary>
    public required OrderId OrderId { get; init; }

    /// <summary>The channel that placed the order: of two orders of one number it tells which. The answer names it too.</summary>
    public ChannelId? OrderChannel { get; init; }

    /// <summary>From 1; the highest one holds, and is the whole of it.</summary>
    public required int Revision { get; init; }

    // Set, not init: see OrderRefunded.Lines.
    public IReadOnlyList<AllocatedLine> Lines { get; set; } = [];

    /// <summary>Units out of stock everywhere.</summary>
    public IReadOnlyList<SkuUnits> Shortage { get; set; } = [];

    /// <summary>Why it is this plan.</summary>
    public IReadOnlyList<string> Words { get; set; } = [];

    // Messages that were planned before there was a channel keep their id.
    private string Order => OrderChannel is { } channel ? $"{channel}\n{OrderId}" : OrderId.Value;

    /// <summary>Made of the order and the plan: the same for every time that the same is sent.</summary>
    [JsonIgnore]
    public string Id
    {
        get
        {
            var plan = Lines.Select(static l => $"{l.Sku}\n{l.Location}\n{l.Quantity.Value.ToString(CultureInfo.InvariantCulture)}");
            return $"allocation-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Order}\n{Revision}\n{string.Join('\n', plan)}")).AsSpan(0, 12))}";
        }
    }
}

/// <summary>Source-generated JSON of what is sent about an order's accuracy.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AllocationMessage))]
public sealed partial class OrderAccuracyJson : JsonSerializerContext;
