namespace Stockgate.Domain.Operations;

/// <summary>A channel that posts less often than it is expected to: what it said last may no longer be true, however new it looks.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="LastAt">When its last event came, by our clock.</param>
/// <param name="Cadence">How often it is expected to post.</param>
public sealed record SilentSource(ChannelId Channel, DateTimeOffset LastAt, TimeSpan Cadence)
{
    public override string ToString() => $"channel {Channel} has posted nothing since {LastAt:u}, although it is expected every {Cadence}";
}
