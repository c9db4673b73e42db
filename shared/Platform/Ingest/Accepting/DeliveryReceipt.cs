using System.Text.Json.Serialization;
using Stockgate.Domain.Ingest;

namespace Stockgate.Platform.Ingest.Accepting;

/// <summary>The outcome of one record.</summary>
/// <param name="Id">The sender's id of it; null if it has no readable one.</param>
/// <param name="Status">
/// <c>accepted</c>: durably in the queue. <c>quarantined</c>: kept, and waits for a person. <c>conflict</c>: its id is known for something
/// else; it changes nothing, and an exception tells people. <c>ignored</c>: nothing is wrong with it and nothing follows from it, such as
/// of a topic that is not used; <c>reason</c> says why.
/// </param>
public sealed record RecordReceipt(string? Id, string Status, string? Field = null, string? Reason = null, string? QuarantineId = null)
{
    internal const string Accepted = "accepted",
        Quarantined = "quarantined",
        Conflict = "conflict",
        Ignored = "ignored";

    /// <summary>
    /// Whether all of it was accepted with the same content before, as far as this instance remembers: it changes nothing then.
    /// </summary>
    [JsonIgnore]
    public bool IsRepeat { get; init; }

    /// <summary>Fields of an accepted event that its type does not have; the first ten. Null where there are none.</summary>
    public IReadOnlyList<PassedOver>? UnknownFields { get; init; }
}

/// <summary>The answer to an accepted delivery.</summary>
public sealed record DeliveryReceipt(int Accepted, int Quarantined, IReadOnlyList<RecordReceipt> Records)
{
    /// <summary>Names it on the log of the channel's deliveries.</summary>
    public string? DeliveryId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Conflicts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Ignored { get; init; }
}
