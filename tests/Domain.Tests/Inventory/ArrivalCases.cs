namespace Stockgate.Domain.Tests.Inventory;

/// <summary>What happened on one shelf, in minutes from noon, with the figures that a person comes to.</summary>
internal sealed record ArrivalCase(string Name, decimal Available, decimal Reserved, params Happening[] Happenings);

internal static class ArrivalCases
{
    public static readonly IReadOnlyList<ArrivalCase> All =
    [
        new("a level just after an order has it off already", 9, 1, Left(10, -60), Placed(0, 1), Left(9, 1)),
        new("a level before an order knows nothing of it", 9, 1, Left(10, -60), Placed(5, 1), Left(8, -90)),
        new("a level at the order's very moment has it off", 9, 1, Left(9, 0), Placed(0, 1)),
        new("shipped after the level", 9, 0, Placed(0, 1), Left(9, 1), Shipped(2, "S1", 1)),
        new("shipped before the level", 9, 0, Placed(0, 1), Shipped(1, "S1", 1), Left(9, 2)),
        new("cancelled after the level", 10, 0, Placed(0, 2), Left(8, 1), Cancelled(2)),
        new("cancelled before the level", 10, 0, Placed(0, 2), Cancelled(1), Left(10, 2)),
        new("shipped in part, the rest cancelled, the level between", 8, 0, Placed(0, 3), Shipped(1, "S1", 2), Left(7, 2), Cancelled(3)),
        new("refunded before it left, after the level", 8, 1, Placed(0, 2), Left(7, 1), Refunded(2, "R1", 1, unshipped: true)),
        new("came back after the level", 9, 0, Placed(0, 2), Shipped(1, "S1", 2), Left(8, 2), Refunded(3, "R1", 1)),
        new("came back before the level", 9, 0, Placed(0, 2), Shipped(1, "S1", 2), Refunded(2, "R1", 1), Left(9, 3)),
        new("an order on each side of the level", 4, 5, Placed(0, 2, "1"), Left(7, 1), Placed(2, 3, "2")),
        new("levels of both kinds, the one of what is left newer", 6, 3, OnHand(20, 0), Placed(1, 3, "1"), Left(8, 2), Moved(3, -2)),
        new("levels of both kinds, the one of the shelf newer", 10, 3, Left(8, 0), Placed(1, 3, "1"), OnHand(15, 2), Moved(3, -2)),
        new("allocated elsewhere after the level", 10, 0, Placed(0, 2), Left(8, 1), Allocated(2, "L2", 2)),
        new("allocated to here after the level", 8, 2, Placed(0, 2, location: "L2"), Left(10, 1), Allocated(2, "L1", 2)),
        new("shipped from elsewhere after the level", 10, 0, Placed(0, 2), Left(8, 1), Shipped(2, "S1", 2, "L2")),
        new("said again with more after the level", 7, 3, Placed(0, 2), Left(8, 1), Placed(2, 3)),
        new("said again with less before the level", 9, 1, Placed(0, 2), Placed(1, 1), Left(9, 2)),
        new("a substitute is held from its moment on", 10, 0, Placed(0, 2), Left(8, 1), Happened(2, Given.Substituted("X1", "A", "B", 2))),
        new("withdrawn after the level, with an order between", 0, 1, Left(10, 0), Placed(1, 1), Left(null, 2), Moved(3, 5)),
        new("counted again after it was withdrawn", 6, 1, Left(10, 0), Placed(1, 1), Left(null, 2), Left(7, 3), Moved(4, -1)),
        new("sold on below zero", -3, 2, Placed(0, 1, "1"), Left(-2, 1), Placed(2, 1, "2")),
        new(
            "seven of them",
            9,
            1,
            Left(10, -1),
            Placed(0, 2, "1"),
            Shipped(2, "S1", 1, order: "1"),
            Placed(3, 1, "2"),
            Left(7, 4),
            Cancelled(5, "1"),
            Refunded(6, "R1", 1, order: "1")
        ),
        new(
            "seven more",
            6,
            2,
            Placed(0, 4, "1"),
            Moved(1, 5),
            Left(6, 2),
            Refunded(3, "R1", 1, unshipped: true, order: "1"),
            Shipped(4, "S1", 2, order: "1"),
            Placed(5, 1, "2"),
            OnHand(3, -5)
        ),
    ];

    private static Happening Happened(int minute, ChannelEvent said, string what = "") =>
        new(Given.Header($"{said.GetType().Name}:{minute}:{what}", Given.Now.AddMinutes(minute)), said);

    private static Happening Left(decimal? units, int minute) => Counted(units, minute, CountBasis.Available);

    private static Happening OnHand(decimal units, int minute) => Counted(units, minute, CountBasis.OnHand);

    private static Happening Counted(decimal? units, int minute, CountBasis basis) =>
        Happened(minute, Shelf.Counted(units, basis), $"{basis}");

    private static Happening Moved(int minute, decimal units) => Happened(minute, Shelf.Moved(units));

    private static Happening Placed(int minute, decimal units, string order = "1001", string location = "L1") =>
        Happened(minute, Given.Placed(Given.Line("A", units)) with { OrderId = new(order), Location = new(location) }, order);

    private static Happening Cancelled(int minute, string order = "1001") =>
        Happened(minute, Given.Cancelled() with { OrderId = new(order) }, order);

    private static Happening Allocated(int minute, string location, decimal units) =>
        Happened(minute, Given.Allocated(Given.At(location, "A", units)));

    private static Happening Shipped(int minute, string id, decimal units, string location = "L1", string order = "1001") =>
        Happened(minute, Given.Shipped(id, Given.At(location, "A", units)) with { OrderId = new(order) }, order);

    private static Happening Refunded(int minute, string id, decimal units, bool unshipped = false, string order = "1001") =>
        Happened(
            minute,
            Given.Refunded(id, Given.Line("A", units)) with
            {
                OrderId = new(order),
                Unshipped = unshipped,
                RestockedAt = unshipped ? null : new LocationId("L1"),
            },
            order
        );
}
