using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Stockgate.Domain.Events;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest.Accepting;

/// <summary>An event compared with those accepted before.</summary>
/// <param name="Event">The event.</param>
/// <param name="Id">A hash of its channel, source and id.</param>
/// <param name="Content">A hash of its type, time and data.</param>
/// <param name="Conflicts">True if the same id was accepted before with different content.</param>
public sealed record ScreenedEvent(QueuedEvent Event, UInt128 Id, UInt128 Content, bool Conflicts)
{
    /// <summary>True if it was accepted before, or stands earlier in the same delivery, with the same content.</summary>
    public bool IsRepeat { get; init; }
}

/// <summary>
/// The most recent accepted events of this instance. A known id with different content is reported in the answer to its sender, instead
/// of "accepted".
/// </summary>
// Per instance and lost at a restart: the projection detects every conflict and raises the exception. This only answers sooner, without a
// storage transaction.
public sealed class RecentEvents
{
    // Two generations of this size, 32 bytes an entry: when the younger one is full, the older one is dropped.
    private const int Generation = 50_000;

    private readonly Lock guard = new();

    private Dictionary<UInt128, UInt128> younger = [],
        older = [];

    /// <summary>Finds events whose id was accepted before, or is used earlier in the same delivery, with different content.</summary>
    public IReadOnlyList<ScreenedEvent> Screen(IReadOnlyList<QueuedEvent> events)
    {
        var screened = new ScreenedEvent[events.Count];
        var delivered = new Dictionary<UInt128, UInt128>();
        for (var i = 0; i < screened.Length; i++)
        {
            var (id, content) = (IdOf(events[i]), ContentOf(events[i]));
            var known = Known(id);
            var first = known ?? delivered.GetValueOrDefault(id, content);
            var isNew = delivered.TryAdd(id, first) && known is null;
            screened[i] = new ScreenedEvent(events[i], id, content, first != content) { IsRepeat = !isNew && first == content };
        }
        return screened;
    }

    /// <summary>
    /// Remembers events that are durably in the queue, and only these: what was refused may be sent again with other content.
    /// </summary>
    public void Remember(IEnumerable<ScreenedEvent> accepted)
    {
        lock (guard)
            foreach (var screened in accepted)
            {
                if (younger.Count >= Generation)
                    (older, younger) = (younger, []);
                // The first content stays in force.
                younger.TryAdd(screened.Id, older.GetValueOrDefault(screened.Id, screened.Content));
            }
    }

    private UInt128? Known(UInt128 id)
    {
        lock (guard)
            return younger.TryGetValue(id, out var content) || older.TryGetValue(id, out content) ? content : null;
    }

    private static UInt128 IdOf(QueuedEvent queued) => Hash(Encoding.UTF8.GetBytes($"{queued.Channel}\n{queued.Header.Key}"));

    // Compared as the projection does: neither the order of JSON members nor the sequence makes a difference.
    internal static UInt128 ContentOf(QueuedEvent queued) =>
        Hash([.. Encoding.UTF8.GetBytes($"{queued.Type}\n{queued.Header.OccurredAt:O}\n"), .. EventTypes.TextOf(queued.Data)]);

    private static UInt128 Hash(byte[] bytes) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(bytes));
}
