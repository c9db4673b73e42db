namespace Stockgate.Domain.Promotions;

/// <summary>A promotion as it is kept: where it stands and how it came there. Its terms and plans are kept beside it, by number.</summary>
public sealed record PromotionRecord
{
    // A promotion that is paused and resumed by a machine must not outgrow its row.
    private const int MostTransitions = 100;

    public required PromotionId Id { get; init; }

    public required string Name { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public PromotionState State { get; set; } = PromotionState.Draft;

    /// <summary>One more with each transition.</summary>
    public long Revision { get; set; } = 1;

    public bool Sold { get; init; }

    /// <summary>Number of the terms that hold.</summary>
    public int Terms { get; set; } = 1;

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>Revision of the last launch plan; 0 where there is none yet. Never goes back.</summary>
    public int Plan { get; init; }

    /// <summary>When customers first could buy at the offer, in every channel.</summary>
    public DateTimeOffset? LiveAt { get; init; }

    /// <summary>When customers no longer could, by the promotion's own end.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the last channel confirmed that it shows the prior prices; null while one may still show the offer.</summary>
    public DateTimeOffset? RestoredAt { get; init; }

    /// <summary>How it came here, the latest last; the whole of it is on the audit chain.</summary>
    public IReadOnlyList<PromotionTransition> Timeline { get; set; } = [];

    /// <summary>The record after an event, by the rules of <see cref="Promotion.Apply"/>.</summary>
    public (bool Accepted, PromotionRecord Record, string Reason) Apply(
        PromotionEvent happened,
        string reason,
        string by,
        DateTimeOffset at
    )
    {
        var verdict = new Promotion
        {
            Id = Id,
            Request = null!,
            State = State,
            Revision = Revision,
            Sold = Sold,
        }.Apply(happened, reason, by, at);
        return verdict is not { Accepted: true, Promotion: var after, Transition: { } transition }
            ? (false, this, verdict.Reason)
            : (
                true,
                this with
                {
                    State = after.State,
                    Revision = after.Revision,
                    Sold = after.Sold,
                    Timeline = [.. Timeline.TakeLast(MostTransitions - 1), transition],
                    LiveAt = after.State == PromotionState.Live ? LiveAt ?? at : LiveAt,
                    EndedAt = after.State is PromotionState.Ended or PromotionState.RollingBack && Sold ? EndedAt ?? at : EndedAt,
                    // From the first price that is sent on, until every channel says otherwise.
                    RestoredAt =
                        after.State is PromotionState.Preparing or PromotionState.Live or PromotionState.RollingBack ? null
                        : happened is PromotionEvent.PricesRestored ? at
                        : RestoredAt,
                },
                reason
            );
    }
}
