using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Origins;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders;

/// <summary>The orders of a bucket during a batch: assigns events to orders and derives their effects.</summary>
internal sealed class OrderProjection(BucketRows rows, ProjectionFindings findings, TimeProvider time)
{
    private readonly Dictionary<OrderId, OrderDocument> ofCustomers = [],
        watched = [];

    private readonly List<StockEntry> postings = [];

    private readonly List<(string, OrderId)> left = [];

    /// <summary>Entries for the ledger, to be sent when the orders are written.</summary>
    public IReadOnlyList<StockEntry> Postings => postings;

    /// <summary>Orders whose money changed.</summary>
    public IReadOnlyCollection<OrderDocument> OfCustomers => ofCustomers.Values;

    /// <summary>Customers of orders that turned out to be another customer's.</summary>
    public IReadOnlyCollection<(string Customer, OrderId Order)> Left => left;

    /// <summary>Orders to process.</summary>
    public IReadOnlyCollection<OrderDocument> Watched => watched.Values;

    /// <summary>Reads the rows of a batch.</summary>
    /// <param name="events">Its events about orders.</param>
    /// <param name="ask">Whether something was there that an earlier try took for new: then nothing is.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task LoadAsync(IReadOnlyList<(EventHeader Header, OrderEvent Said)> events, bool ask, CancellationToken cancellationToken)
    {
        Begin();
        // A placed order is usually new; reading each first would cost a round trip per order.
        if (!ask)
            rows.TakeForNew(events.Where(static e => e.Said is OrderPlaced).Select(static e => OrderForm.Key(e.Said.OrderId)));
        await rows.LoadAsync(events.Select(static e => OrderForm.Key(e.Said.OrderId)), cancellationToken);
        var numbers = events.GroupBy(static e => e.Said.OrderId).Where(number => Shares(number, ask));
        var shared = numbers.Select(static number => OrderForm.OthersOf(number.Key)).ToList();
        if (shared.Count > 0)
            await rows.LoadBetweenAsync(shared, cancellationToken);
    }

    public void Apply(EventHeader header, OrderEvent said)
    {
        var (plain, now) = (PlainOf(said.OrderId), time.GetUtcNow());
        var (first, last) = OrderForm.OthersOf(said.OrderId);
        var others = OrdersOfNumber.IsAboutOne(plain, header, said) ? [] : rows.Between(first, last, OrderForm.Form);
        var applied = OrdersOfNumber.Apply(plain, others, header, said);
        if (applied.Changes[0].Before.IsContradictedBy(header, said))
            findings.Add(EventConflict.Exception(header, EventTypes.NameOf(said), said.Subject, now));
        if (applied.Undecided)
            findings.Add(SharedNumber.Ambiguous(header, said, applied.Channels, now));
        if (applied.Shared)
            findings.Add(SharedNumber.Shared(said.OrderId, applied.Channels, now));
        if (applied.Settled)
            findings.Mended(SharedNumber.AmbiguousType, SharedNumber.SubjectOf(said.OrderId));
        var money = said is OrderPlaced or OrderRefunded or OrderSubstituted || applied.Changes.Count > 1;
        foreach (var (before, after) in applied.Changes)
            Take(before, after, money);
    }

    private void Take(OrderDocument before, OrderDocument after, bool money)
    {
        postings.AddRange(StockPostings.After(before, after));
        if (ReferenceEquals(before, after))
            return;
        var (id, key) = (after.OrderId, OrderForm.Key(after.OrderId));
        if (id.Origin is not null)
            rows.TakeForNew([key]);
        // An order that takes events over is stored before the one that loses them: a crash in between leaves them in both, and they are
        // moved again.
        rows.Set(key, after, OrderForm.Form, first: id.Origin is not null);
        if (money)
            ofCustomers[id] = after;
        if (money && before.Customer() is { } customer && customer != after.Customer())
            left.Add((customer, id));
        if (after.Placed?.Said.Fulfilment == Fulfilment.Open)
            watched[id] = after;
    }

    // Where everything is asked, an order may be stored that its number does not know of yet.
    private bool Shares(IGrouping<OrderId, (EventHeader Header, OrderEvent Said)> number, bool ask)
    {
        var plain = PlainOf(number.Key);
        if (plain.OtherOrigins is not null || !ask)
            return plain.OtherOrigins is not null;
        var claims = number.Select(static e => OrdersOfNumber.ClaimOf(e.Header.Channel, e.Said)).Append(plain.Origin());
        return claims.OfType<ChannelId>().Distinct().Skip(1).Any();
    }

    private OrderDocument PlainOf(OrderId number) =>
        rows.Get(OrderForm.Key(number), OrderForm.Form) ?? new OrderDocument { OrderId = number };

    private void Begin()
    {
        ofCustomers.Clear();
        watched.Clear();
        postings.Clear();
        left.Clear();
    }
}
