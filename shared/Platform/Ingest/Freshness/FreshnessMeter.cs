using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest.Freshness;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest.Freshness;

/// <summary>What one instance saw of a channel's events of a kind in an hour.</summary>
public sealed record SeenEvents(ChannelId Channel, string Kind, DateTimeOffset Hour, LagSketch Lags)
{
    public DateTimeOffset LastReceivedAt { get; set; }

    public DateTimeOffset LastOccurredAt { get; set; }
}

/// <summary>
/// Measures in memory how late accepted events are, so that none of them costs a storage transaction. What was not written yet when an
/// instance dies is missing in the figures: half a minute.
/// </summary>
public sealed class FreshnessMeter
{
    private readonly Lock gate = new();
    private readonly Dictionary<(ChannelId, string, DateTimeOffset), SeenEvents> seen = [];
    private readonly HashSet<SeenEvents> changed = new(ReferenceEqualityComparer.Instance);

    public void Note(IEnumerable<QueuedEvent> accepted, DateTimeOffset receivedAt)
    {
        var hour = new DateTimeOffset(receivedAt.UtcTicks - receivedAt.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        lock (gate)
            foreach (var one in accepted)
            {
                var key = (one.Channel, KindOf(one.Data), hour);
                if (!seen.TryGetValue(key, out var ofHour))
                    seen[key] = ofHour = new SeenEvents(one.Channel, key.Item2, hour, new LagSketch());
                ofHour.Lags.Add(receivedAt - one.Header.OccurredAt);
                ofHour.LastReceivedAt = receivedAt > ofHour.LastReceivedAt ? receivedAt : ofHour.LastReceivedAt;
                ofHour.LastOccurredAt = one.Header.OccurredAt > ofHour.LastOccurredAt ? one.Header.OccurredAt : ofHour.LastOccurredAt;
                changed.Add(ofHour);
            }
    }

    /// <summary>What changed since the last time, as it is now.</summary>
    public IReadOnlyList<SeenEvents> TakeChanged()
    {
        lock (gate)
        {
            List<SeenEvents> taken = [.. changed.Select(static s => s with { Lags = LagSketch.Parse(s.Lags.ToText()) })];
            changed.Clear();
            var newest = seen.Keys.Select(static k => k.Item3).DefaultIfEmpty().Max();
            foreach (var old in seen.Keys.Where(k => k.Item3 < newest).ToList())
                seen.Remove(old);
            return taken;
        }
    }

    /// <summary>Gives back what could not be written.</summary>
    public void GiveBack(IEnumerable<SeenEvents> taken)
    {
        lock (gate)
            foreach (var one in taken)
            {
                var key = (one.Channel, one.Kind, one.Hour);
                seen.TryAdd(key, one);
                changed.Add(seen[key]);
            }
    }

    // stockgate.stock.counted.v1 is of the kind stock.
    private static string KindOf(ChannelEvent said) => EventTypes.NameOf(said).Split('.')[1];
}
