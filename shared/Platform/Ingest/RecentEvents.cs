using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest;

/// <summary>
/// The events that this instance accepted last, by id, so that the answer to a reused id with different content is an error instead of
/// "accepted".
/// </summary>
// Per instance, and gone after a restart: the projection finds every conflict permanently and raises the exception. This only tells the
// sender sooner, at no storage transaction.
public sealed class RecentEvents
{
    // Two generations of so many, of 32 bytes each: when the younger is full, the older is dropped.
    private const int Generation = 50_000;

    private readonly Lock guard = new();

    private Dictionary<UInt128, UInt128> younger = [],
        older = [];

    /// <summary>Finds events whose id was accepted before, or stands earlier in the same delivery, with another content.</summary>
    public IReadOnlySet<QueuedEvent> ConflictsOf(IReadOnlyList<QueuedEvent> events)
    {
        var conflicts = new HashSet<QueuedEvent>(ReferenceEqualityComparer.Instance);
        var delivered = new Dictionary<UInt128, UInt128>();
        foreach (var queued in events)
        {
            var (id, content) = (IdOf(queued), ContentOf(queued));
            if ((Known(id) ?? (delivered.TryGetValue(id, out var earlier) ? earlier : null)) is { } known && known != content)
                conflicts.Add(queued);
            else
                delivered[id] = content;
        }
        return conflicts;
    }

    /// <summary>Remembers only events that are durably queued; a refused one may be resent with different content.</summary>
    public void Remember(IReadOnlyList<QueuedEvent> accepted)
    {
        foreach (var queued in accepted)
        {
            var (id, content) = (IdOf(queued), ContentOf(queued));
            lock (guard)
            {
                if (younger.Count >= Generation)
                    (older, younger) = (younger, []);
                // The first content stays in force.
                if (!younger.ContainsKey(id))
                    younger[id] = older.GetValueOrDefault(id, content);
            }
        }
    }

    private UInt128? Known(UInt128 id)
    {
        lock (guard)
            return younger.TryGetValue(id, out var content) || older.TryGetValue(id, out content) ? content : null;
    }

    private static UInt128 IdOf(QueuedEvent queued) => Hash([.. Encoding.UTF8.GetBytes($"{queued.Channel}\n{queued.Header.Key}")]);

    // As the projection compares them: the order of members is no difference, nor is the sequence.
    private static UInt128 ContentOf(QueuedEvent queued) =>
        Hash([.. Encoding.UTF8.GetBytes($"{queued.Type}\n{queued.Header.OccurredAt:O}\n"), .. EventTypes.TextOf(queued.Data)]);

    private static UInt128 Hash(byte[] bytes) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(bytes));
}
