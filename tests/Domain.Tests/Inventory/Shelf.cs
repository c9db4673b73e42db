using Stockgate.Domain.Tests.Orders;

namespace Stockgate.Domain.Tests.Inventory;

/// <summary>Something that a system says, with its header.</summary>
internal sealed record Happening(EventHeader Header, ChannelEvent Said);

/// <summary>Orders, counts and movements as the projection applies them. What an order posts travels on and may arrive late.</summary>
internal sealed class Shelf
{
    private readonly Dictionary<OrderId, OrderDocument> orders = [];
    private readonly Ledger ledger = new();
    private readonly List<StockEntry> underWay = [];

    /// <summary>The figures after these events, in this order; with a seed, ledger entries arrive late, in any order
    /// and some of them twice.</summary>
    public static Shelf After(IEnumerable<Happening> happenings, Random? late = null)
    {
        var shelf = new Shelf();
        foreach (var happening in happenings)
        {
            shelf.Take(happening);
            if (late is null || late.Next(3) == 0)
                shelf.Arrive(late);
        }
        shelf.Arrive(late);
        return shelf;
    }

    /// <summary>A count of A at L1; null withdraws the figure.</summary>
    public static StockCounted Counted(decimal? units, CountBasis basis) =>
        new()
        {
            Sku = new("A"),
            Location = new("L1"),
            Quantity = units is { } figure ? new Quantity(figure) : null,
            Basis = basis,
        };

    public static StockMoved Moved(decimal units) =>
        new()
        {
            Sku = new("A"),
            Location = new("L1"),
            Quantity = new(units),
            Kind = MovementKind.Adjustment,
            Reason = "found",
        };

    public StockPosition At(string location = "L1", string sku = "A") => ledger.At(sku, location);

    public string Sums() => ledger.Sums();

    private void Take(Happening happening)
    {
        switch (happening.Said)
        {
            case OrderEvent said:
                var before = orders.GetValueOrDefault(said.OrderId) ?? new OrderDocument { OrderId = said.OrderId };
                underWay.AddRange(StockPostings.After(before, orders[said.OrderId] = before.Apply(happening.Header, said)));
                break;
            case StockCounted said:
                ledger.Count((said.Sku, said.Location), new StockLevel(said.Quantity, happening.Header.Version, said.Basis));
                break;
            case StockMoved said:
                ledger.Post(
                    Given.Entry($"movement:{happening.Header.Key}", said.Quantity.Value, happening.Header.OccurredAt) with
                    {
                        Sku = said.Sku,
                        Location = said.Location,
                    }
                );
                break;
        }
    }

    private void Arrive(Random? late)
    {
        foreach (var entry in late is null ? underWay : Given.ShuffledWithRepeats(underWay, late.Next()))
            ledger.Post(entry);
        underWay.Clear();
    }
}
