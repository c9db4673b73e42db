using System.Globalization;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest.Replays;

/// <summary>Takes archived deliveries in again, as they are read today.</summary>
public sealed class Replayer(
    Channels channels,
    DeliveryReader reader,
    EventQueue queue,
    QuarantineStore quarantine,
    QuarantineReview review
)
{
    // Of one send to the queue.
    private const int EventsAtOnce = 500;

    /// <summary>
    /// Repeats what was accepted, and takes in what is acceptable now. Done again, after a crash, it changes nothing: events go by their
    /// ids.
    /// </summary>
    public async Task<ReplayCounts> TakeInAsync(
        ReplayPlan plan,
        IReadOnlyList<(ArchivedDelivery Delivery, ReadOnlyMemory<byte> Body)> deliveries,
        CancellationToken cancellationToken
    )
    {
        var counts = new ReplayCounts { Deliveries = deliveries.Count };
        var events = new List<QueuedEvent>();
        foreach (var (delivery, body) in deliveries)
        {
            var channel = await channels.GetAsync(delivery.Channel.Value, cancellationToken);
            var kept = new ReceivedDelivery(channel, delivery.Topic ?? "", body, delivery.Said, delivery.ReceivedAt)
            {
                IsLines = delivery.Origin == DeliveryOrigin.File,
            };
            var read = await reader.FillAsync(kept, cancellationToken);
            var records = await reader.ReadAsync(read, cancellationToken);
            var replayed = Replayed(delivery, records, plan);
            counts = replayed.Aggregate(counts, (sum, r) => sum.Add(CountOf(delivery, r.Was, r.Now)));
            if (plan.DryRun)
                continue;
            await reader.RememberAsync(read, records, cancellationToken);
            foreach (var (was, now) in replayed)
                if (now.Outcome == ReplayOutcome.Repaired && was.QuarantineId is { } id)
                    await SettleAsync(delivery, id, plan, cancellationToken);
                else
                    events.AddRange(now.Events);
        }
        var occasion = plan.StartedAt.UtcTicks.ToString(CultureInfo.InvariantCulture);
        foreach (var part in events.Chunk(EventsAtOnce))
            await queue.SendAsync(part, cancellationToken, occasion);
        return counts;
    }

    // Where a mapping makes more or fewer records of a body than it did, which of them are which is not known: they are taken by their ids.
    private static List<(ArchivedRecord Was, ReplayedRecord Now)> Replayed(
        ArchivedDelivery delivery,
        IReadOnlyList<IncomingRecord> records,
        ReplayPlan plan
    )
    {
        var isSame = records.Count == delivery.Records.Count;
        var byId = delivery.Records.Where(static r => r.Id is not null).DistinctBy(static r => r.Id).ToDictionary(static r => r.Id!);
        return
        [
            .. records
                .Select((now, i) => (Was: isSame ? delivery.Records[i] : Known(byId, now), Now: now))
                .Where(r => Fits(plan, r.Was, r.Now))
                .Select(r => (r.Was, ReplayedRecord.Of(r.Was, r.Now, plan.StartedAt))),
        ];
    }

    private static ArchivedRecord Known(Dictionary<string, ArchivedRecord> byId, IncomingRecord now) =>
        now.Id is { } id && byId.TryGetValue(id, out var was) ? was : new ArchivedRecord(now.Id, now.Topic, "unknown");

    private static bool Fits(ReplayPlan plan, ArchivedRecord was, IncomingRecord now) =>
        (plan.Order is null && plan.Sku is null)
        || was.Events.Any(e => IsAbout(plan, e.Subject, e.Skus.Select(static s => s.Value)))
        || now.Events.Any(e => IsAbout(plan, e.Data.Subject, Domain.Events.EventSkus.Of(e.Data).Select(static s => s.Value)));

    private static bool IsAbout(ReplayPlan plan, string subject, IEnumerable<string> skus) =>
        (plan.Order is null || subject == $"order {plan.Order}") && (plan.Sku is null || skus.Contains(plan.Sku));

    private static ReplayCounts CountOf(ArchivedDelivery delivery, ArchivedRecord was, ReplayedRecord now)
    {
        int One(ReplayOutcome outcome) => now.Outcome == outcome ? 1 : 0;
        var differs = now.Outcome is not (ReplayOutcome.Unchanged or ReplayOutcome.Passed);
        return new ReplayCounts
        {
            Unchanged = One(ReplayOutcome.Unchanged),
            Repaired = One(ReplayOutcome.Repaired),
            Changed = One(ReplayOutcome.Changed),
            HeldBack = One(ReplayOutcome.HeldBack),
            Rejected = One(ReplayOutcome.Rejected),
            Passed = One(ReplayOutcome.Passed),
            Differences = differs
                ? [new ReplayDifference(delivery.Channel, delivery.Id, was.Id, was.Status, now.Outcome.ToString(), now.Reason)]
                : [],
        };
    }

    // One that a person corrected or discarded meanwhile stays as it was decided.
    private async Task SettleAsync(ArchivedDelivery delivery, string id, ReplayPlan plan, CancellationToken cancellationToken)
    {
        if (await quarantine.FindAsync(delivery.Channel, id, cancellationToken) is not { State: QuarantineStore.Waiting } record)
            return;
        try
        {
            await review.ReplayAsync(record, null, plan.By, cancellationToken);
        }
        catch (ProblemException decided) when (decided.Slug == "record-settled") { }
    }
}
