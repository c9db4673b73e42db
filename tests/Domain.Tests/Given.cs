using System.Text;

namespace Stockgate.Domain.Tests;

/// <summary>Things that tests begin with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

    public static readonly ChannelId Channel = new("web");

    public static readonly Currency Gbp = Currency.Parse("GBP"),
        Eur = Currency.Parse("EUR");

    public static EventHeader Header(string id, DateTimeOffset? at = null, long sequence = 0, string source = "erp") =>
        new(Channel, source, id, at ?? Now, sequence);

    public static OrderLine Line(
        string sku = "A",
        decimal quantity = 1,
        decimal price = 10,
        decimal discount = 0,
        string? location = null
    ) =>
        new()
        {
            Sku = new Sku(sku),
            Description = $"thing {sku}",
            Quantity = new Quantity(quantity),
            UnitPrice = price,
            Discount = discount,
            Location = location is null ? null : new LocationId(location),
        };

    public static AllocatedLine At(string location, string sku = "A", decimal quantity = 1) =>
        new()
        {
            Sku = new Sku(sku),
            Location = new LocationId(location),
            Quantity = new Quantity(quantity),
        };

    public static readonly OrderId Order = new("1001");

    public static OrderPlaced Placed(params OrderLine[] lines) =>
        new()
        {
            OrderId = Order,
            Currency = Gbp,
            Location = new LocationId("L1"),
            Lines = lines.Length == 0 ? [Line()] : lines,
        };

    public static OrderCancelled Cancelled() => new() { OrderId = Order, Reason = "changed mind" };

    public static OrderAllocated Allocated(params AllocatedLine[] lines) => new() { OrderId = Order, Lines = lines };

    public static OrderShipped Shipped(string id, params AllocatedLine[] lines) =>
        new()
        {
            OrderId = Order,
            ShipmentId = id,
            Lines = lines,
        };

    public static OrderDelivered Delivered(string id) => new() { OrderId = Order, ShipmentId = id };

    public static OrderRefunded Refunded(string id, params OrderLine[] lines) =>
        new()
        {
            OrderId = Order,
            RefundId = id,
            Currency = Gbp,
            Lines = lines,
        };

    public static OrderPicked Picked(string id, params AllocatedLine[] lines) =>
        new()
        {
            OrderId = Order,
            PickId = id,
            Lines = lines,
        };

    public static OrderHeld Held(bool held = true) => new() { OrderId = Order, Held = held };

    public static OrderAddressChanged AddressChanged(ShipTo to) => new() { OrderId = Order, ShipTo = to };

    public static OrderSubstituted Substituted(string id, string from, string to, decimal quantity = 1, decimal price = 10) =>
        new()
        {
            OrderId = Order,
            SubstitutionId = id,
            From = new Sku(from),
            To = new Sku(to),
            Quantity = new Quantity(quantity),
            UnitPrice = price,
            Consent = true,
        };

    public static OrderPaid Paid(string id, decimal amount, bool captured = true) =>
        new()
        {
            OrderId = Order,
            PaymentId = id,
            Amount = amount,
            Currency = Gbp,
            Captured = captured,
        };

    public static OrderPosted Posted(string id, PostingKind kind, decimal amount, string? reference = null) =>
        new()
        {
            OrderId = Order,
            PostingId = id,
            Kind = kind,
            Amount = amount,
            Currency = Gbp,
            Reference = reference,
        };

    public static OrderActionAnswered Answered(string action, int revision = 1, OrderActionAnswer answer = OrderActionAnswer.Confirmed) =>
        new()
        {
            OrderId = Order,
            ActionId = new ActionId(action),
            Revision = revision,
            Answer = answer,
        };

    /// <summary>The order after these events, a minute apart.</summary>
    public static OrderDocument After(params OrderEvent[] events)
    {
        var order = new OrderDocument { OrderId = Order };
        for (var i = 0; i < events.Length; i++)
            order = order.Apply(Header($"e{i}", Now.AddMinutes(i)), events[i]);
        return order;
    }

    public static StockEntry Entry(
        string id,
        decimal stock = 0,
        DateTimeOffset? at = null,
        EntryKind kind = EntryKind.Movement,
        decimal reserved = 0,
        int version = 1
    ) =>
        new()
        {
            Sku = new Sku("A"),
            Location = new LocationId("L1"),
            Id = id,
            Version = version,
            At = at ?? Now,
            Kind = kind,
            Stock = new Quantity(stock),
            Reserved = new Quantity(reserved),
        };

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A shuffled copy, some of it twice.</summary>
    public static List<T> ShuffledWithRepeats<T>(IEnumerable<T> items, int seed)
    {
        var random = new Random(seed);
        var all = items.ToList();
        all.AddRange(all.Where(_ => random.Next(3) == 0).ToList());
        for (var i = all.Count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (all[i], all[j]) = (all[j], all[i]);
        }
        return all;
    }
}
