using Stockgate.Domain;
using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>A trouble as it is shown.</summary>
/// <param name="Score">0 to 100; what is due first among equals comes first.</param>
/// <param name="Revenue">Revenue at stake.</param>
/// <param name="DueAt">By when its owner should have fixed it.</param>
public sealed record TroubleView(
    OrderId OrderId,
    TroubleKind Kind,
    int Score,
    Money Revenue,
    string Owner,
    DateTimeOffset Since,
    DateTimeOffset DueAt,
    bool Overdue,
    string Words,
    string RecommendedAction
);

/// <summary>Open troubles of orders, ranked.</summary>
/// <param name="Total">All of them, those that are not shown among them.</param>
public sealed record TroubleListView(int Total, IReadOnlyList<TroubleView> Troubles);

/// <summary>Reads the open troubles of orders for people.</summary>
public sealed class OrderTroubleList
{
    private readonly OrderWatch watch;
    private readonly TimeProvider time;

    internal OrderTroubleList(OrderWatch watch, TimeProvider time) => (this.watch, this.time) = (watch, time);

    /// <param name="top">How many to show, 1 or more; those that matter most.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<TroubleListView> OpenAsync(int top, CancellationToken cancellationToken)
    {
        var (open, now) = (
            (await watch.TroubledAsync(cancellationToken)).SelectMany(static w => w.State.Troubles).ToList(),
            time.GetUtcNow()
        );
        var since = open.ToDictionary(static o => (o.Trouble.OrderId, o.Trouble.Kind));
        return new TroubleListView(
            open.Count,
            [.. OrderTroubles.Ranked(open.Select(static o => o.Trouble)).Take(top).Select(t => View(since[(t.OrderId, t.Kind)], now))]
        );
    }

    private static TroubleView View(OpenTrouble open, DateTimeOffset now) =>
        new(
            open.Trouble.OrderId,
            open.Trouble.Kind,
            open.Trouble.Score,
            open.Trouble.Revenue,
            open.Trouble.Owner,
            open.Since,
            open.DueAt,
            open.DueAt < now,
            open.Trouble.Words,
            open.Trouble.RecommendedAction
        );
}
