using Stockgate.Domain;
using Stockgate.Domain.Pricing;

namespace Stockgate.Platform.Pricing.Writing;

/// <summary>A price on its way to its channel.</summary>
public sealed record PricePublication
{
    /// <summary>From 1 for each price, and never the same twice: a channel takes none that is not above the last.</summary>
    public required int Revision { get; init; }

    public required Money Price { get; init; }

    public Money? CompareAt { get; init; }

    /// <summary>The decision that it carries out; a correction carries out the one before it again.</summary>
    public required string Decision { get; init; }

    public required PriceMoveCause Cause { get; init; }

    /// <summary>True if it repeats a price that a channel had confirmed and shows wrongly: it moves nothing.</summary>
    public bool Correction { get; init; }

    /// <summary>When it was decided to send it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the channel took it; null while it did not.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>When an exception was opened because it is overdue; null before that.</summary>
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>The reason of the refusal, or the result of the last send.</summary>
    public string? Detail { get; init; }

    /// <summary>True while the channel has neither confirmed nor refused.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Open => ConfirmedAt is null && RefusedAt is null;
}

/// <summary>The state of one price: published, pending and previous values.</summary>
public sealed record PriceState
{
    public required PriceKey Key { get; init; }

    /// <summary>Of the product, when it was last decided; empty if it has none.</summary>
    public required string Category { get; init; }

    /// <summary>The current price as far as known: the published or the external one, whichever is newer.</summary>
    public required Money Price { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset PriceAt { get; init; }

    /// <summary>The last price from another system, ignoring echoes of the published price, which would raise the ceiling.</summary>
    public required Money Regular { get; init; }

    /// <summary>The newest word of the catalog that is in here.</summary>
    public required DateTimeOffset CatalogAt { get; init; }

    /// <summary>The last assigned revision; never decreases. 0: none.</summary>
    public int Revision { get; init; }

    /// <summary>The last one, in progress or answered; null before the first.</summary>
    public PricePublication? Publication { get; init; }

    /// <summary>Of the last 60 days, and the one before them; the oldest first.</summary>
    public IReadOnlyList<PriceMove> Moves { get; set; } = [];

    /// <summary>Each competitor's price when it was last seen to differ.</summary>
    public IReadOnlyList<CompetitorPrice> Competitors { get; set; } = [];

    /// <summary>Of the last 30 days.</summary>
    public IReadOnlyList<CompetitorMove> CompetitorMoves { get; set; } = [];

    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Why it is stopped until a person lets it go on; null if it is not.</summary>
    public string? Stopped { get; init; }

    /// <summary>When a person last let it go on.</summary>
    public DateTimeOffset? ResumedAt { get; init; }

    /// <summary>The cost at the last decision.</summary>
    public Money? CostBefore { get; init; }

    /// <summary>The decision that waits for a person; null if none does.</summary>
    public string? Asked { get; init; }

    /// <summary>Times that a price shown wrongly was sent again, and the day (UTC) of the last.</summary>
    public int Corrections { get; init; }

    public DateOnly? CorrectedOn { get; init; }

    /// <summary>The observation of a wrong price that was acted on last; null if the right one is shown, as far as is known.</summary>
    public DateTimeOffset? MismatchAt { get; init; }

    /// <summary>Something changed while a channel had not answered: there is a look to be had when it has.</summary>
    public bool LookAgain { get; init; }
}

/// <summary>The last evaluation of a price.</summary>
/// <param name="Key">The price.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Cause">Why it was looked at: what changed, or who asked.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Rule">The guardrail that held it; null if none did.</param>
/// <param name="Reason">For a person.</param>
/// <param name="Decision">The decision record that says the same.</param>
/// <param name="Sequence">Of the message that asked for it: one that comes again is known by it.</param>
public sealed record PriceLook(
    PriceKey Key,
    DateTimeOffset At,
    string Cause,
    PriceOutcome Outcome,
    PriceRule? Rule,
    string Reason,
    string? Decision,
    long Sequence
);
