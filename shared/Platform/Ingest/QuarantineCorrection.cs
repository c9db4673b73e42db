using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;

namespace Stockgate.Platform.Ingest;

/// <summary>
/// Holds a correction to the record that it corrects. The original was signed by its sender and the correction by nobody: it may mend
/// what is wrong, and may not become an order or a price that the sender never sent.
/// </summary>
internal static class QuarantineCorrection
{
    private const int StoredCharacters = 256;

    /// <exception cref="ProblemException">It has another id or type, or is several records.</exception>
    public static void RequireSameRecord(QuarantinedRecord original, IReadOnlyList<IncomingRecord> corrected)
    {
        // A delivery that could not be read at all has neither: what it was meant to be can't be held against it.
        if (original is { EventId: null, Topic: null })
            return;
        if (corrected.Count != 1)
            throw Other("is several records", "body");
        if (original.EventId is { } id && Stored(corrected[0].Id) != id)
            throw Other($"has the id '{Stored(corrected[0].Id)}' in place of '{id}'", "id");
        // A type that does not exist can only be mended by another one.
        if (original.Topic is { } topic && IsKnown(topic) && Stored(corrected[0].Topic) != topic)
            throw Other($"has the type '{Stored(corrected[0].Topic)}' in place of '{topic}'", "type");
    }

    private static bool IsKnown(string topic) => EventTypes.Find(topic) is not null || ShopifyTopics.All.Contains(topic);

    private static string? Stored(string? text) => text is null ? null : Clip.To(text, StoredCharacters);

    private static ProblemException Other(string how, string field) =>
        new(
            StatusCodes.Status422UnprocessableEntity,
            "other-record",
            "Another record",
            $"The correction {how}. It mends the record that is in quarantine; what is new has to be posted, signed, to the channel.",
            field
        );
}
