using Stockgate.Domain;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Replays;

/// <summary>Which archived deliveries are taken in again.</summary>
/// <param name="Channel">Of this channel; null for all.</param>
/// <param name="From">Received at or after.</param>
/// <param name="To">Received before.</param>
/// <param name="Order">Only records with events about this order; null for all.</param>
/// <param name="Sku">Only records with events that name this SKU; null for all.</param>
/// <param name="DryRun">Whether it only says what would be.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="StartedAt">When.</param>
public sealed record ReplayPlan(
    ChannelId? Channel,
    DateTimeOffset From,
    DateTimeOffset To,
    string? Order,
    string? Sku,
    bool DryRun,
    string By,
    DateTimeOffset StartedAt
);

/// <summary>Where a replay goes on.</summary>
/// <param name="Channels">The channel that is read, and those that come after it.</param>
/// <param name="Hour">The hour that is read; null at the start of a channel.</param>
/// <param name="Done">The hour's blobs that were read to their end.</param>
/// <param name="Blob">The blob that is read; null between two.</param>
/// <param name="Skip">How many deliveries of it were taken in.</param>
public sealed record ReplayPosition(
    IReadOnlyList<ChannelId> Channels,
    DateTimeOffset? Hour,
    IReadOnlyList<string> Done,
    string? Blob,
    int Skip
)
{
    public static ReplayPosition AtStart(IReadOnlyList<ChannelId> channels) => new(channels, null, [], null, 0);

    public bool IsAtEnd => Channels.Count == 0;
}

/// <summary>A record that is read otherwise today than when it came in.</summary>
/// <param name="Was">What became of it then.</param>
/// <param name="Now">What becomes of it now.</param>
/// <param name="Reason">Why, where it is not taken in.</param>
public sealed record ReplayDifference(ChannelId Channel, string Delivery, string? Record, string Was, string Now, string? Reason);

/// <summary>What a replay has done so far. Counts are of records but the first.</summary>
public sealed record ReplayCounts
{
    public int Deliveries { get; init; }

    /// <summary>Read as when they came in; repeated, and nothing follows from that.</summary>
    public int Unchanged { get; init; }

    /// <summary>Not accepted when they came in, and accepted now.</summary>
    public int Repaired { get; init; }

    /// <summary>Read otherwise today; the level, price or product data of today's reading takes the place of what was read then.</summary>
    public int Changed { get; init; }

    /// <summary>
    /// Read otherwise today, but an order's event or a movement, which counts once: nothing is done, a correction has to be posted.
    /// </summary>
    public int HeldBack { get; init; }

    /// <summary>Accepted when they came in, and not today; nothing is taken back.</summary>
    public int Rejected { get; init; }

    /// <summary>Not accepted then, and not today.</summary>
    public int Passed { get; init; }

    /// <summary>The first of those that are read otherwise.</summary>
    public IReadOnlyList<ReplayDifference> Differences { get; init; } = [];

    private const int MostDifferences = 50;

    public ReplayCounts Add(ReplayCounts more) =>
        new()
        {
            Deliveries = Deliveries + more.Deliveries,
            Unchanged = Unchanged + more.Unchanged,
            Repaired = Repaired + more.Repaired,
            Changed = Changed + more.Changed,
            HeldBack = HeldBack + more.HeldBack,
            Rejected = Rejected + more.Rejected,
            Passed = Passed + more.Passed,
            Differences = [.. Differences.Concat(more.Differences).Take(MostDifferences)],
        };
}

/// <summary>The progress of a replay.</summary>
/// <param name="BytesRead">Of the archive, compressed.</param>
/// <param name="BytesAll">Of what the plan covers.</param>
public sealed record ReplayProgress(ReplayCounts Counts, long BytesRead, long BytesAll);
