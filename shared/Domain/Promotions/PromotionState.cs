using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions;

/// <summary>Where a promotion stands.</summary>
[JsonConverter(typeof(NamedEnumConverter<PromotionState>))]
public enum PromotionState
{
    /// <summary>Posted and checked.</summary>
    Draft,

    /// <summary>Its gates are being looked at.</summary>
    Gating,

    /// <summary>A person has to say yes.</summary>
    AwaitingApproval,

    /// <summary>Every gate is green; it waits for its time.</summary>
    Scheduled,

    /// <summary>Channels are being sent the prices, which nobody sees yet.</summary>
    Preparing,

    /// <summary>Customers buy at the offer, in every channel.</summary>
    Live,

    /// <summary>Taken off for now, within its window.</summary>
    Paused,

    /// <summary>Prior prices are being put back in every channel, out of turn.</summary>
    RollingBack,

    /// <summary>Over; suppliers are still to be billed.</summary>
    Ended,

    /// <summary>Over and billed.</summary>
    Settled,

    /// <summary>Called off before a customer could buy at it.</summary>
    Cancelled,

    /// <summary>A gate or a person said no.</summary>
    Refused,
}

/// <summary>What happens to a promotion.</summary>
[JsonConverter(typeof(NamedEnumConverter<PromotionEvent>))]
public enum PromotionEvent
{
    Submitted,
    GatesGreen,
    ApprovalNeeded,
    GatesRefused,
    Approved,
    Declined,

    /// <summary>Its terms changed, or a gate that was green is not any more.</summary>
    GatesToRepeat,
    LaunchDue,
    ChannelsReady,

    /// <summary>A channel does not show what it should.</summary>
    ChannelFailed,
    PausedByOperator,
    Resumed,

    /// <summary>The window is over.</summary>
    WindowEnded,
    BudgetSpent,

    /// <summary>Its owner takes it back.</summary>
    Withdrawn,
    PricesRestored,
    FundingSettled,
}
