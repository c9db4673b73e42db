using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest.Reading;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>
/// Checks that a correction has the id and type of its record. The original was signed and the correction is not, so it may fix the record
/// but not replace it by another order or price.
/// </summary>
internal static class QuarantineCorrection
{
    private const int StoredCharacters = 256;

    /// <exception cref="ProblemException">It has another id or type, or is several records.</exception>
    public static void RequireSameRecord(QuarantinedRecord original, IReadOnlyList<IncomingRecord> corrected)
    {
        // An unreadable delivery has neither id nor type to compare with.
        if (original is { EventId: null, Topic: null })
            return;
        if (corrected.Count != 1)
            throw Other("has several records", "body");
        if (original.EventId is { } id && Stored(corrected[0].Id) != id)
            throw Other($"has the id '{Stored(corrected[0].Id)}' instead of '{id}'", "id");
        // A type that does not exist can only be fixed by another one.
        if (original.Topic is { } topic && DeliveryTopics.IsKnown(topic) && Stored(corrected[0].Topic) != topic)
            throw Other($"has the type '{Stored(corrected[0].Topic)}' instead of '{topic}'", "type");
    }

    private static string? Stored(string? text) => text is null ? null : Clip.To(text, StoredCharacters);

    private static ProblemException Other(string how, string field) =>
        new(
            StatusCodes.Status422UnprocessableEntity,
            "other-record",
            "Different record",
            $"The correction {how}. A correction replaces the quarantined record; post new records, signed, to the channel.",
            field
        );
}
