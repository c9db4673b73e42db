using static Stockgate.Domain.Promotions.PromotionEvent;
using static Stockgate.Domain.Promotions.PromotionState;

namespace Stockgate.Domain.Promotions;

/// <summary>One allowed transition.</summary>
/// <param name="From">The state before.</param>
/// <param name="On">What happens.</param>
/// <param name="To">The state after.</param>
/// <param name="IfSold">Only where customers could (true) or could not (false) buy at the offer before; null for both.</param>
public sealed record PromotionRoute(PromotionState From, PromotionEvent On, PromotionState To, bool? IfSold = null)
{
    /// <summary>Every transition that there is. At most one fits a promotion and an event.</summary>
    public static readonly IReadOnlyList<PromotionRoute> All =
    [
        new(Draft, Submitted, Gating),
        new(Draft, Withdrawn, Cancelled),
        new(Gating, GatesGreen, Scheduled),
        new(Gating, ApprovalNeeded, AwaitingApproval),
        new(Gating, GatesRefused, Refused),
        new(Gating, Withdrawn, Cancelled),
        new(AwaitingApproval, Approved, Scheduled),
        new(AwaitingApproval, Declined, Refused),
        new(AwaitingApproval, GatesToRepeat, Gating),
        new(AwaitingApproval, Withdrawn, Cancelled),
        new(Scheduled, LaunchDue, Preparing),
        new(Scheduled, GatesToRepeat, Gating),
        new(Scheduled, Withdrawn, Cancelled),
        new(Preparing, ChannelsReady, PromotionState.Live),
        // A channel may have shown the price already when another one fails: only putting all of them back is safe.
        new(Preparing, ChannelFailed, RollingBack),
        new(Preparing, Withdrawn, RollingBack),
        new(Preparing, WindowEnded, RollingBack),
        new(PromotionState.Live, PausedByOperator, Paused),
        new(PromotionState.Live, ChannelFailed, RollingBack),
        new(PromotionState.Live, Withdrawn, RollingBack),
        new(PromotionState.Live, BudgetSpent, Ended),
        new(PromotionState.Live, WindowEnded, Ended),
        new(Paused, Resumed, PromotionState.Live),
        new(Paused, ChannelFailed, RollingBack),
        new(Paused, Withdrawn, RollingBack),
        new(Paused, WindowEnded, Ended),
        // What was sold has to be settled, also where the promotion was taken back in its first minute.
        new(RollingBack, PricesRestored, Ended, IfSold: true),
        new(RollingBack, PricesRestored, Cancelled, IfSold: false),
        // A channel that still sells at the offer after its end is put back like any other.
        new(Ended, ChannelFailed, RollingBack),
        new(Ended, FundingSettled, Settled),
    ];
}
