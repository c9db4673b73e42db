using static Stockgate.Domain.Edi.X12Documents;

namespace Stockgate.Domain.Edi;

/// <summary>Reads the advance ship notice 856, whose levels (shipment, order, pack, item) come one below the other.</summary>
internal static class X12Shipments
{
    private static readonly string[] Arrival = ["017", "067", "069", "002"];

    public static EdiDocument Read(EdiMessage message)
    {
        var begin = message.Segments.FirstOrDefault(static s => s.Tag == "BSN");
        return new EdiDocument(
            EdiSubject.Shipment,
            begin?[2] ?? "",
            EdiDates.Of(begin?[3] ?? "", begin?[4] ?? "") ?? message.Envelope.PreparedAt,
            [.. Lines(message.Segments)]
        )
        {
            IsCancelled = begin?[1] == "01",
        };
    }

    private static IEnumerable<EdiLine> Lines(IReadOnlyList<EdiSegment> segments)
    {
        var around = new Surroundings();
        foreach (var level in Levels(segments))
        {
            around = around.With(level);
            if (level.Find(static s => s.Tag == "SN1") is not { } shipped)
                continue;
            var item = level.Find(static s => s.Tag == "LIN");
            yield return new EdiLine(item ?? shipped)
            {
                Sku = item is null ? "" : ItemIn(item, 2),
                Order = around.Order,
                Location = around.Place,
                Units = EdiNumber.Parse(shipped[2]),
                Unit = shipped[3],
                DueAt = around.DueAt,
                From = around.ShippedAt,
            };
        }
    }

    private static IEnumerable<List<EdiSegment>> Levels(IReadOnlyList<EdiSegment> segments)
    {
        var level = new List<EdiSegment>();
        foreach (var segment in segments)
        {
            if (segment.Tag == "HL")
            {
                yield return level;
                level = [];
            }
            level.Add(segment);
        }
        yield return level;
    }

    /// <summary>What the levels above say: it holds for those below, until another one says it again.</summary>
    private sealed record Surroundings(string Order = "", string Place = "", DateTimeOffset? DueAt = null, DateTimeOffset? ShippedAt = null)
    {
        public Surroundings With(List<EdiSegment> level) =>
            new(
                level.Find(static s => s.Tag == "PRF")?[1] ?? Order,
                PartyOf(level.Find("N1", "ST")) is { Length: > 0 } place ? place : Place,
                DateOf(level.Find("DTM", Arrival)) ?? DueAt,
                DateOf(level.Find("DTM", "011")) ?? ShippedAt
            );
    }
}
