using static Stockgate.Domain.Edi.EdiItems;

namespace Stockgate.Domain.Edi;

/// <summary>Reads the transaction sets 855, 856, 846 and 832 by the segments that releases 4010 to 5010 have in common.</summary>
internal static class X12Documents
{
    // Current schedule delivery, estimated delivery, promised for delivery, delivery requested, current schedule shipping.
    private static readonly string[] Due = ["067", "017", "069", "002", "068"];

    /// <returns>Null if it is a set of another type.</returns>
    public static EdiDocument? Read(EdiMessage message) =>
        message.Type switch
        {
            "855" => Confirmation(message),
            "856" => X12Shipments.Read(message),
            "846" => Stock(message),
            "832" => Cost(message),
            _ => null,
        };

    /// <summary>Item numbers stand in pairs of a qualifier and a number.</summary>
    internal static string ItemIn(EdiSegment segment, int first) =>
        Pick(Enumerable.Range(0, 10).Select(i => (segment[first + 2 * i], segment[first + 1 + 2 * i])));

    /// <summary>The code of a party, or its name where it has none.</summary>
    internal static string PartyOf(EdiSegment? party) =>
        party switch
        {
            null => "",
            _ when party[4].Length > 0 => party[4],
            _ => party[2],
        };

    internal static DateTimeOffset? DateOf(EdiSegment? dtm) => dtm is null ? null : EdiDates.Of(dtm[2], dtm[3]);

    private static EdiDocument Confirmation(EdiMessage message)
    {
        var (header, lines) = Cut(message, "PO1");
        var begin = header.FirstOrDefault(static s => s.Tag == "BAK");
        // The date of the acknowledgment, else that of the order.
        var at = EdiDates.Of(begin?[9] ?? "") ?? message.Envelope.PreparedAt ?? EdiDates.Of(begin?[4] ?? "");
        var place = PartyOf(header.Find("N1", "ST"));
        return new EdiDocument(
            EdiSubject.Confirmation,
            $"{begin?[3]}/{begin?[8]}",
            at,
            [
                .. lines.Select(line =>
                    Confirmed(begin?[2] ?? "", header, line) with
                    {
                        Order = begin?[3] ?? "",
                        Location = PartyOf(line.Find("N1", "ST")) is { Length: > 0 } own ? own : place,
                    }
                ),
            ]
        );
    }

    private static EdiLine Confirmed(string ofOrder, IReadOnlyList<EdiSegment> header, IReadOnlyList<EdiSegment> line)
    {
        var answers = line.Where(static s => s.Tag == "ACK").ToList();
        var taken = answers.Where(static a => !IsRejected(a[1])).ToList();
        var isRejected = answers.Count > 0 ? taken.Count == 0 : ofOrder is "RD" or "RJ";
        // Of several schedules the whole is there when the last one is.
        var promised = taken.Select(static a => EdiDates.Of(a[5])).Max();
        return new EdiLine(line[0])
        {
            Sku = ItemIn(line[0], 6),
            Units = isRejected ? 0 : UnitsOf(line[0], taken),
            Unit = taken.Select(static a => a[3]).FirstOrDefault(static u => u.Length > 0, line[0][3]),
            DueAt = promised ?? DateOf(line.Find("DTM", Due) ?? header.Find("DTM", Due)),
            Answer = isRejected ? "Rejected" : AnswerOf(line[0], answers),
        };
    }

    private static decimal? UnitsOf(EdiSegment line, List<EdiSegment> taken) =>
        taken.Count > 0 && taken.TrueForAll(static a => a[2].Length > 0)
            ? taken.Sum(static a => EdiNumber.Parse(a[2]) ?? 0)
            : EdiNumber.Parse(line[2]);

    private static string AnswerOf(EdiSegment line, List<EdiSegment> answers) =>
        answers.TrueForAll(static a => a[1] is "IA" or "AC" or "AA") && UnitsOf(line, answers) == EdiNumber.Parse(line[2])
            ? "Accepted"
            : "Changed";

    // Rejected, deleted, cancelled, and the kinds of rejection (R1 to R6).
    private static bool IsRejected(string status) => status is "IR" or "ID" or "R1" or "R2" or "R3" or "R4" or "R5" or "R6";

    private static EdiDocument Stock(EdiMessage message)
    {
        var (header, lines) = Cut(message, "LIN");
        var begin = header.FirstOrDefault(static s => s.Tag == "BIA");
        var place = PartyOf(header.Find("N1", "WH", "ST", "SF"));
        return new EdiDocument(
            EdiSubject.Stock,
            begin?[3] ?? "",
            EdiDates.Of(begin?[4] ?? "", begin?[5] ?? "") ?? message.Envelope.PreparedAt,
            [
                .. lines.Select(line =>
                    Counted(line) with
                    {
                        Location = PartyOf(line.Find("N1", "WH", "ST", "SF")) is { Length: > 0 } own ? own : place,
                    }
                ),
            ]
        );
    }

    private static EdiLine Counted(IReadOnlyList<EdiSegment> line)
    {
        // Available for sale, on hand.
        var quantity = line.Find("QTY", "33", "17");
        return new EdiLine(line[0])
        {
            Sku = ItemIn(line[0], 2),
            Units = EdiNumber.Parse(quantity?[2] ?? ""),
            Unit = quantity?[3] ?? "",
            IsAvailable = quantity?[1] == "33",
            IgnoredBecause = quantity is null ? "has no stock available or on hand (QTY 33 or 17)" : null,
        };
    }

    private static EdiDocument Cost(EdiMessage message)
    {
        var (header, lines) = Cut(message, "LIN");
        var currency = header.FirstOrDefault(static s => s.Tag == "CUR")?[2] ?? "";
        return new EdiDocument(
            EdiSubject.Cost,
            header.FirstOrDefault(static s => s.Tag == "BCT")?[2] ?? "",
            message.Envelope.PreparedAt,
            [.. lines.Select(line => Priced(header, line) with { Currency = currency })]
        );
    }

    private static EdiLine Priced(IReadOnlyList<EdiSegment> header, IReadOnlyList<EdiSegment> line)
    {
        // A suggested or a list price is no cost.
        string[] costs = ["NET", "UCP", "CON", "WHL"];
        var prices = line.Where(static s => s.Tag == "CTP").ToList();
        var price = costs.Select(kind => prices.Find(p => p[2] == kind)).FirstOrDefault(static p => p is not null);
        return new EdiLine(line[0])
        {
            Sku = ItemIn(line[0], 2),
            Price = EdiNumber.Parse(price?[3] ?? ""),
            Unit = price?[5] ?? "",
            From = DateOf(line.Find("DTM", "007", "152") ?? header.Find("DTM", "007", "152")),
            IgnoredBecause = price is null ? "has no cost price (CTP NET, UCP, CON or WHL)" : null,
        };
    }
}
