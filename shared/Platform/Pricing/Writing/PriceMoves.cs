using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Pricing.Facts;

namespace Stockgate.Platform.Pricing.Writing;

/// <summary>How publications change a price.</summary>
internal static class PriceMoves
{
    /// <summary>Publishes a new price.</summary>
    public static PriceState Published(
        this PriceState state,
        Money to,
        Money? compareAt,
        string decision,
        PriceMoveCause cause,
        DateTimeOffset now
    ) =>
        (
            state with
            {
                Revision = state.Revision + 1,
                MismatchAt = null,
                Publication = new PricePublication
                {
                    Revision = state.Revision + 1,
                    Price = to,
                    CompareAt = compareAt,
                    Decision = decision,
                    Cause = cause,
                    At = now,
                },
            }
        ).Moved(new PriceMove(now, state.Price, to, cause, decision));

    /// <summary>Republishes a price that a channel shows wrongly.</summary>
    public static PriceState Corrected(this PriceState state, DateTimeOffset now) =>
        state with
        {
            Revision = state.Revision + 1,
            CorrectedOn = DayOf(now),
            Corrections = (state.CorrectedOn == DayOf(now) ? state.Corrections : 0) + 1,
            Publication = state.Publication! with
            {
                Revision = state.Revision + 1,
                Correction = true,
                At = now,
                SentAt = null,
                ConfirmedAt = null,
                RefusedAt = null,
                OverdueAt = null,
                Detail = null,
            },
        };

    public static PriceState Confirmed(this PriceState state, string? detail, DateTimeOffset now) =>
        state with
        {
            Publication = state.Publication! with { ConfirmedAt = now, Detail = detail },
        };

    /// <summary>The channel refused it: the previous price stays in force, and no retry happens before a person resumes the item.</summary>
    public static PriceState Refused(this PriceState state, string? detail, DateTimeOffset now)
    {
        var refused = state.Publication!;
        var stopped = state with
        {
            Publication = refused with { RefusedAt = now, Detail = detail },
            Stopped =
                $"{state.Key.Channel} refused {refused.Price} (revision {refused.Revision}){(detail is { Length: > 0 } ? $": {detail}" : "")}",
        };
        // Another system may have moved it since; then there is nothing of ours to take off.
        return refused.Correction || stopped.Moves is not [.., { } last] || last.Decision != refused.Decision
            ? stopped
            : stopped with
            {
                Moves = [.. stopped.Moves.SkipLast(1)],
                Price = last.From,
            };
    }

    /// <summary>Corrections that were made on the day of <paramref name="now"/>.</summary>
    public static int CorrectionsOn(this PriceState state, DateTimeOffset now) => state.CorrectedOn == DayOf(now) ? state.Corrections : 0;

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
