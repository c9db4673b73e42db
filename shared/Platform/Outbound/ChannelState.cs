using Stockgate.Domain;

namespace Stockgate.Platform.Outbound;

/// <summary>Whether a channel answers.</summary>
public enum ChannelCondition
{
    /// <summary>Not probed yet, or failed once and never answered before.</summary>
    Unknown,
    Up,
    Down,
}

/// <summary>Whether a channel answers, since when, and what was last heard.</summary>
/// <param name="Since">When it came into its condition; of a channel that is down its first failure.</param>
/// <param name="LastOkAt">When it last answered; null if it never did.</param>
/// <param name="Failures">Times in a row that it did not answer.</param>
/// <param name="LastFailureAt">The last of those.</param>
/// <param name="Detail">What was last heard of it, or why nothing was.</param>
public sealed record ChannelState(
    SalesChannelId Channel,
    ChannelCondition Condition,
    DateTimeOffset Since,
    DateTimeOffset? LastOkAt,
    int Failures,
    DateTimeOffset? LastFailureAt,
    string Detail
)
{
    /// <summary>So many failures in a row make a channel down: one may be a blip.</summary>
    public const int FailuresUntilDown = 2;

    /// <summary>Failures closer together are one: a hundred messages that fail in the same second say no more than one.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    /// <summary>An answer is written down no more often than this, unless it changes something.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);

    public static ChannelState New(SalesChannelId channel, DateTimeOffset at) =>
        new(channel, ChannelCondition.Unknown, at, null, 0, null, "not probed yet");

    /// <returns>The state after an answer; the same one where it says nothing new.</returns>
    public ChannelState Answered(DateTimeOffset at, string detail)
    {
        if (Condition == ChannelCondition.Up && Failures == 0 && LastOkAt is { } last && at - last < Freshness)
            return this;
        return this with
        {
            Condition = ChannelCondition.Up,
            Since = Condition == ChannelCondition.Up ? Since : at,
            LastOkAt = LastOkAt > at ? LastOkAt : at,
            Failures = 0,
            LastFailureAt = null,
            Detail = detail,
        };
    }

    /// <returns>The state after no answer; the same one where it was counted already.</returns>
    public ChannelState Failed(DateTimeOffset at, string detail)
    {
        // An answer since then, or a failure of the same moment.
        if (LastOkAt > at || (LastFailureAt is { } last && at - last < Apart))
            return this;
        var failed = this with { Failures = Failures + 1, LastFailureAt = at, Detail = detail };
        return failed.Failures < FailuresUntilDown || Condition == ChannelCondition.Down
            ? failed
            : failed with
            {
                Condition = ChannelCondition.Down,
                Since = LastFailureAt ?? at,
            };
    }
}
