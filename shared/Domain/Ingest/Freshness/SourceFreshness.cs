using System.Text.Json.Serialization;
using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Ingest.Freshness;

/// <summary>Whether a channel posts as often as it is expected to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SourceState>))]
public enum SourceState
{
    /// <summary>Nothing says how often it is expected.</summary>
    NotExpected,

    /// <summary>It has never posted anything.</summary>
    NothingYet,
    Fresh,

    /// <summary>Two of its expected times have passed without an event.</summary>
    Stale,
}

/// <summary>How late a channel's events of a kind came in the last day.</summary>
/// <param name="Kind">The second part of the events' type: <c>stock</c>, <c>order</c>.</param>
/// <param name="Events">How many came.</param>
/// <param name="LagP50">Received minus occurred, half of them kept it; null where none came.</param>
/// <param name="LagP95">The same for 95 of 100.</param>
/// <param name="LastReceivedAt">When the last one came, by our clock; of the last day or before.</param>
/// <param name="LastOccurredAt">The newest time that one of them has.</param>
public sealed record KindFreshness(
    string Kind,
    long Events,
    TimeSpan? LagP50,
    TimeSpan? LagP95,
    DateTimeOffset LastReceivedAt,
    DateTimeOffset LastOccurredAt
);

/// <summary>How fresh a channel is.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="State">Whether it posts as often as it is expected to.</param>
/// <param name="Cadence">How often it is expected to post; null where nothing says it.</param>
/// <param name="SinceLast">How long ago its last event came; null where none ever did.</param>
/// <param name="Kinds">Each kind of event that ever came.</param>
public sealed record SourceFreshness(
    ChannelId Channel,
    SourceState State,
    TimeSpan? Cadence,
    TimeSpan? SinceLast,
    IReadOnlyList<KindFreshness> Kinds
)
{
    public const string ExceptionType = "source-stale";

    // One delivery that is late or lost is not yet a source that is down.
    private const int Times = 2;

    public static SourceFreshness Of(ChannelId channel, TimeSpan? cadence, IReadOnlyList<KindFreshness> kinds, DateTimeOffset now)
    {
        TimeSpan? since = kinds.Count == 0 ? null : now - kinds.Max(static k => k.LastReceivedAt);
        return new SourceFreshness(channel, StateOf(cadence, since), cadence, since, kinds);
    }

    /// <summary>What gates and price decisions are told of a stale source; null for any other.</summary>
    [JsonIgnore]
    public SilentSource? Silent =>
        this is { State: SourceState.Stale, Cadence: { } cadence }
            ? new SilentSource(Channel, Kinds.Max(static k => k.LastReceivedAt), cadence)
            : null;

    /// <summary>What people are told of a stale source.</summary>
    public OperationException Exception(DateTimeOffset now) =>
        new()
        {
            Type = ExceptionType,
            Subject = SubjectOf(Channel),
            // The same however long it lasts: it is one failure.
            Failure = $"posts nothing, although it is expected every {Cadence}",
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "integration",
            Sla = TimeSpan.FromHours(1),
            RecommendedAction =
                "Ask whose system it is whether it runs and what our answers to it are (GET /api/v1/channels/NAME/deliveries). Until it posts, its figures grow old: gates and prices that need fresh ones wait.",
        };

    public static string SubjectOf(ChannelId channel) => $"channel {channel}";

    private static SourceState StateOf(TimeSpan? cadence, TimeSpan? since) =>
        (cadence, since) switch
        {
            (null, _) => SourceState.NotExpected,
            (_, null) => SourceState.NothingYet,
            ({ } expected, { } passed) => passed > expected * Times ? SourceState.Stale : SourceState.Fresh,
        };
}
