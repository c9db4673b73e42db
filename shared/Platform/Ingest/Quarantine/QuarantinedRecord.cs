using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>A signed but invalid record, stored whole with the reason until a person corrects or discards it.</summary>
/// <param name="Id">Derived from the channel and the record's bytes, so that a resent record is the same one.</param>
/// <param name="Topic">What the channel calls it: the event's type, or Shopify's topic.</param>
/// <param name="Blob">Where its bytes are, in the container <c>quarantine</c>.</param>
/// <param name="Said">What Shopify said beside the bytes: taken in again, it is the same event. Null if it said nothing.</param>
public sealed record QuarantinedRecord(
    string Id,
    ChannelId Channel,
    string? EventId,
    string? Topic,
    string Field,
    string Reason,
    DateTimeOffset ReceivedAt,
    string Blob,
    int Bytes,
    string State,
    DeliveryHeaders? Said = null
)
{
    /// <summary>The kind of reason.</summary>
    public QuarantineReason Code { get; init; }

    /// <summary>What is at stake, as the record itself says.</summary>
    public RecordExposure Exposure { get; init; } = RecordExposure.Unknown;

    /// <summary>How it came in; of records that were kept before this was, nothing.</summary>
    [JsonIgnore]
    public QuarantineOrigin Origin { get; init; } = QuarantineOrigin.None;
}

/// <summary>How a quarantined record came in.</summary>
/// <param name="DeliveryId">Its delivery, in the log of deliveries.</param>
/// <param name="Headers">Of its request, as <see cref="SafeHeaders"/> shows them.</param>
public sealed record QuarantineOrigin(string? DeliveryId, IReadOnlyDictionary<string, string> Headers)
{
    public static readonly QuarantineOrigin None = new(null, new Dictionary<string, string>());
}
