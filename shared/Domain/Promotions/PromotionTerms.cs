namespace Stockgate.Domain.Promotions;

/// <summary>
/// What a promotion is, as of one edit. Never changed: an edit makes the next number, and who approved an earlier one did not approve it.
/// </summary>
public sealed record PromotionTerms
{
    /// <summary>1 for what was posted.</summary>
    public required int Number { get; init; }

    public required PromotionRequest Request { get; init; }

    /// <summary>Every SKU on offer: those named, and those that were in the named categories when the terms were posted.</summary>
    public required IReadOnlyList<Sku> Items { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }
}
