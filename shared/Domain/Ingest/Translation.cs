using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest;

/// <summary>A canonical event made of a delivery.</summary>
public sealed record TranslatedEvent(EventHeader Header, ChannelEvent Data);

/// <summary>The translation of a delivery: events, a rejection, or the reason why nothing follows from it.</summary>
/// <param name="Events">In the order of the delivery; none where it was rejected or ignored.</param>
/// <param name="Rejection">Why it can't be taken in; null if it can.</param>
/// <param name="IgnoredBecause">Why nothing follows from it although nothing is wrong with it; null where something does.</param>
public sealed record Translation(IReadOnlyList<TranslatedEvent> Events, Rejection? Rejection, string? IgnoredBecause = null)
{
    /// <summary>To be kept for later deliveries, also where nothing follows from this one.</summary>
    public IReadOnlyList<SenderIds> Ids { get; init; } = [];

    public static Translation Rejected(string field, string reason) => new([], new Rejection(field, reason));

    public static Translation Ignored(string reason) => new([], null, reason);

    /// <summary>Reads the events of a delivery and holds each to the rules of its kind.</summary>
    /// <param name="made">Called once; a <see cref="FieldException"/> of it rejects the delivery.</param>
    /// <param name="now">Our clock.</param>
    internal static Translation Of(Func<IEnumerable<TranslatedEvent>> made, DateTimeOffset now)
    {
        try
        {
            TranslatedEvent[] events = [.. made()];
            foreach (var one in events)
            {
                if (Moment.Mistake(one.Header.OccurredAt, now) is { } impossible)
                    return new Translation([], new Rejection("time", impossible) { OfClock = true });
                if (((one.Data as OrderEvent)?.CheckNames() ?? one.Data.Check()) is { } broken)
                    return new Translation([], broken);
            }
            return new Translation(events, null);
        }
        catch (FieldException broken)
        {
            return new Translation([], broken.Rejection);
        }
        catch (InvalidOperationException notUnicode)
        {
            // Half a surrogate pair or broken UTF-8: JSON's grammar lets it through, and it is found when the text is read.
            return Rejected("", $"has a text that is not Unicode: {notUnicode.Message}");
        }
    }
}
