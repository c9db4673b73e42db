namespace Stockgate.Domain.Tests.Orders;

/// <summary>Random histories of one order: every kind of event, contradictions and second thoughts among them.</summary>
internal static class OrderHistory
{
    private static readonly string[] Skus = ["A", "B"],
        Places = ["L1", "L2", "L3"];

    public static IReadOnlyList<(EventHeader Header, OrderEvent Said)> Of(int seed)
    {
        var random = new Random(seed);
        string Sku() => Skus[random.Next(Skus.Length)];
        string Place() => Places[random.Next(Places.Length)];
        OrderLine Line() => Given.Line(Sku(), random.Next(1, 4), random.Next(1, 20), location: random.Next(3) == 0 ? Place() : null);
        OrderLine[] Lines() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Line())];
        AllocatedLine[] Parts() => [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Given.At(Place(), Sku(), random.Next(1, 3)))];
        OrderEvent Next() =>
            random.Next(18) switch
            {
                0 or 1 or 2 => Given.Placed(Lines()) with
                {
                    Location = random.Next(4) == 0 ? null : new LocationId(Place()),
                    Fulfilment = random.Next(5) == 0 ? Fulfilment.Immediate : Fulfilment.Open,
                },
                3 => Given.Cancelled(),
                4 => Given.Allocated(Parts()),
                5 or 6 => Given.Shipped($"S{random.Next(3)}", Parts()) with { Cancelled = random.Next(5) == 0 },
                7 => Given.Delivered($"S{random.Next(3)}"),
                10 => Given.Picked($"K{random.Next(3)}", Parts()) with { Short = random.Next(2) == 0 ? [Given.At(Place(), Sku())] : [] },
                11 => Given.Held(random.Next(2) == 0),
                12 => Given.AddressChanged(
                    new ShipTo { AddressReference = $"adr-{random.Next(3)}", Country = random.Next(2) == 0 ? "GB" : null }
                ),
                13 or 14 => Given.Substituted($"X{random.Next(3)}", Sku(), Sku(), random.Next(1, 4), random.Next(1, 20)),
                15 => Given.Paid($"P{random.Next(2)}", random.Next(50), random.Next(2) == 0),
                16 => Given.Posted($"F{random.Next(3)}", (PostingKind)random.Next(3), random.Next(50)),
                17 => Given.Answered(
                    $"act-{random.Next(2)}",
                    random.Next(1, 3),
                    random.Next(2) == 0 ? OrderActionAnswer.Confirmed : OrderActionAnswer.Refused
                ),
                _ => Given.Refunded(
                    $"R{random.Next(3)}",
                    [.. Lines().Select(l => l with { StillToShip = random.Next(3) == 0 ? new Quantity(random.Next(3)) : null })]
                ) with
                {
                    Unshipped = random.Next(2) == 0,
                    RestockedAt = random.Next(2) == 0 ? new LocationId(Place()) : null,
                    Adjustment = random.Next(3),
                },
            };
        // Some at the same moment, some a month apart.
        return
        [
            .. Enumerable
                .Range(0, random.Next(1, 12))
                .Select(i => (Given.Header($"e{i}", Given.Now.AddDays(random.Next(4) * 15), random.Next(2)), Next())),
        ];
    }
}
