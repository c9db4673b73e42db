using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing.Facts;

/// <summary>The current price: the newer of the published price and another system's price.</summary>
internal static class PriceCurrent
{
    private static readonly TimeSpan MovesKept = TimeSpan.FromDays(60),
        CompetitorMovesKept = TimeSpan.FromDays(30);

    private const int MostCompetitorMoves = 50;

    /// <summary>The stored price with what the catalog and competitors have said since.</summary>
    /// <returns>Null if nobody ever said a price for it.</returns>
    public static PriceState? Of(PriceKey key, PriceState? stored, ItemRows item, DateTimeOffset now)
    {
        var said = MostSpecific(key, item.Prices);
        if (stored is null && said is null)
            return null;
        var state =
            stored
            ?? new PriceState
            {
                Key = key,
                Category = item.Category,
                Price = Of(said!),
                PriceAt = said!.At,
                Regular = Of(said),
                CatalogAt = said.At,
                Competitors = [.. item.Competitors.Select(Of)],
            };
        return Competing(said is not null && said.At > state.CatalogAt ? Heard(state, said) : state, item) is var heard
            ? heard with
            {
                Category = item.Whole ? item.Category : heard.Category,
                Moves = Kept(heard.Moves, now - MovesKept),
            }
            : null;
    }

    /// <summary>Appends a price change and drops those older than 60 days, except for the last of them.</summary>
    public static PriceState Moved(this PriceState state, PriceMove move) =>
        state with
        {
            Price = move.To,
            PriceAt = move.At,
            Moves = [.. state.Moves, move],
        };

    private static PriceState Heard(PriceState state, Fact<PriceChanged> said)
    {
        var (price, heard) = (Of(said), state with { CatalogAt = said.At });
        // Another system's echo of the published price is ignored.
        if (price == state.Price)
            return heard;
        // An older price that arrived after the publication: the base of the ceiling, but not the current price.
        if (said.At <= state.PriceAt)
            return heard with { Regular = price };
        return heard.Moved(new PriceMove(said.At, state.Price, price, PriceMoveCause.Outside)) with { Regular = price };
    }

    private static PriceState Competing(PriceState state, ItemRows item)
    {
        if (item.Competitors.Count == 0)
            return state;
        var (seen, moves) = (
            state.Competitors.ToDictionary(static c => c.Competitor, StringComparer.Ordinal),
            state.CompetitorMoves.ToList()
        );
        foreach (var now in item.Competitors.Select(Of))
        {
            if (seen.TryGetValue(now.Competitor, out var before) && now.SeenAt > before.SeenAt && now.Price != before.Price)
                moves.Add(new CompetitorMove(now.Competitor, before.Price, now.Price, now.SeenAt));
            // The time alone is no reason to write a row.
            if (before is null || before.Price != now.Price)
                seen[now.Competitor] = now;
        }
        var newest = moves.Count == 0 ? default : moves.Max(static m => m.At);
        return state with
        {
            Competitors = [.. seen.Values.OrderBy(static c => c.Competitor, StringComparer.Ordinal)],
            CompetitorMoves = [.. moves.Where(m => m.At > newest - CompetitorMovesKept).TakeLast(MostCompetitorMoves)],
        };
    }

    private static IReadOnlyList<PriceMove> Kept(IReadOnlyList<PriceMove> moves, DateTimeOffset from)
    {
        var before = moves.Count(m => m.At < from);
        return before <= 1 ? moves : [.. moves.Skip(before - 1)];
    }

    private static Fact<PriceChanged>? MostSpecific(PriceKey key, List<Fact<PriceChanged>> prices) =>
        prices
            .Where(p =>
                (p.Said.SalesChannel is null || p.Said.SalesChannel == key.Channel.Value)
                && (p.Said.Region is null || p.Said.Region == key.Region.Value)
            )
            .MaxBy(static p => (p.Said.SalesChannel is null ? 0 : 2) + (p.Said.Region is null ? 0 : 1));

    private static Money Of(Fact<PriceChanged> said) => new(said.Said.Price, said.Said.Currency);

    public static CompetitorPrice Of(Fact<CompetitorPriceObserved> seen) =>
        new(seen.Said.Competitor, new Money(seen.Said.Price, seen.Said.Currency), seen.At);
}
