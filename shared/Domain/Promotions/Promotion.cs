namespace Stockgate.Domain.Promotions;

/// <summary>A promotion and its state. Changes by <see cref="Apply"/> only.</summary>
public sealed record Promotion
{
    public required PromotionId Id { get; init; }

    public required PromotionRequest Request { get; init; }

    public PromotionState State { get; init; } = PromotionState.Draft;

    /// <summary>1 for a draft, one more with each transition: the higher of two copies is the newer.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>Whether it has ever been live: if so, it ends in a settlement.</summary>
    public bool Sold { get; init; }

    /// <summary>How it came to be where it is; null for a draft.</summary>
    public PromotionTransition? Last { get; init; }

    /// <summary>
    /// What follows from an event. An event that the state has no way for changes nothing: it may be late, or here for the second time.
    /// </summary>
    /// <param name="happened">The event.</param>
    /// <param name="reason">Why, as displayable text; not blank.</param>
    /// <param name="by">A person's name, or a rule's; not blank.</param>
    /// <param name="at">When.</param>
    public TransitionVerdict Apply(PromotionEvent happened, string reason, string by, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return Denied($"{happened} needs a reason");
        if (string.IsNullOrWhiteSpace(by))
            return Denied($"{happened} needs the name of the person or rule that decided");
        if (PromotionRoute.All.FirstOrDefault(r => r.From == State && r.On == happened && (r.IfSold ?? Sold) == Sold) is not { } route)
        {
            var possible = PromotionRoute.All.Where(r => r.From == State).Select(static r => r.On.ToString()).Distinct().ToList();
            return Denied(
                $"{happened} has no effect while the promotion is {State}; {(possible.Count == 0 ? "no event has an effect any more" : $"possible events are {string.Join(", ", possible)}")}"
            );
        }
        var transition = new PromotionTransition(route.From, happened, route.To, Revision + 1, reason, by, at);
        return new(
            true,
            this with
            {
                State = route.To,
                Revision = transition.Revision,
                Sold = Sold || route.To == PromotionState.Live,
                Last = transition,
            },
            transition,
            reason
        );
    }

    private TransitionVerdict Denied(string reason) => new(false, this, null, reason);
}

/// <summary>A transition that took place.</summary>
/// <param name="From">The state before.</param>
/// <param name="On">What happened.</param>
/// <param name="To">The state after.</param>
/// <param name="Revision">The promotion's after it.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">A person's name, or a rule's.</param>
/// <param name="At">When.</param>
public sealed record PromotionTransition(
    PromotionState From,
    PromotionEvent On,
    PromotionState To,
    long Revision,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>The answer to an event.</summary>
/// <param name="Accepted">Whether the state changed.</param>
/// <param name="Promotion">After it; as before where it was not accepted.</param>
/// <param name="Transition">Null if it was not accepted.</param>
/// <param name="Reason">In words that can be shown as they are.</param>
public sealed record TransitionVerdict(bool Accepted, Promotion Promotion, PromotionTransition? Transition, string Reason);
