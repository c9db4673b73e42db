using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>How a delivery came in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryOrigin>))]
public enum DeliveryOrigin
{
    /// <summary>A system posted it.</summary>
    Webhook,

    /// <summary>A person replayed a quarantined record, as it was or corrected.</summary>
    Correction,

    /// <summary>Records of a file.</summary>
    File,
}

/// <summary>A delivery that was answered: what came in, and what became of each record.</summary>
public sealed record ArchivedDelivery
{
    /// <summary>In the order of time: a UUID of version 7, as 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required ChannelId Channel { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DeliveryOrigin Origin { get; init; }

    /// <summary>The topic that the request named; null where its format has none.</summary>
    public string? Topic { get; init; }

    /// <summary>What the sender said beside the body.</summary>
    public DeliveryHeaders? Said { get; init; }

    /// <summary>The records of the body, in its order; none where it was refused as a whole.</summary>
    public IReadOnlyList<ArchivedRecord> Records { get; init; } = [];

    /// <summary>Why it was refused as a whole; null where it was taken in.</summary>
    public RefusedDelivery? Refused { get; init; }

    /// <summary>Bytes of the body. None are kept of a refused one: nobody has proven to be the sender.</summary>
    public int Bytes { get; init; }

    /// <summary>The blob with the body, where it is too large to stand beside this.</summary>
    public string? BodyBlob { get; init; }
}

/// <summary>The refusal of a delivery.</summary>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Problem">The last part of the answer's problem type.</param>
/// <param name="Detail">What the answer said.</param>
public sealed record RefusedDelivery(int Status, string Problem, string Detail);

/// <summary>A record of a delivery.</summary>
/// <param name="Id">The sender's id of it; null if it has no readable one.</param>
/// <param name="Type">Its type or topic.</param>
/// <param name="Status">As its receipt says.</param>
public sealed record ArchivedRecord(string? Id, string? Type, string Status)
{
    public string? Field { get; init; }

    public string? Reason { get; init; }

    public string? QuarantineId { get; init; }

    /// <summary>The canonical events that were made of it; none where it was not accepted.</summary>
    public IReadOnlyList<ArchivedEvent> Events { get; init; } = [];
}

/// <summary>A canonical event that was made of a record.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Subject">What it is about: <c>order 1001</c>, <c>sku 85123A</c>.</param>
/// <param name="Skus">The SKUs of an order's lines.</param>
/// <param name="Content">A hash of its type, time and data: of two translations, the same hash says the same.</param>
public sealed record ArchivedEvent(string Id, string Type, string Subject, IReadOnlyList<Sku> Skus, string Content);

/// <summary>JSON of the archive's lines.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ArchivedDelivery))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
