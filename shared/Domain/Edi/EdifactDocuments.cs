using static Stockgate.Domain.Edi.EdiItems;

namespace Stockgate.Domain.Edi;

/// <summary>
/// Reads ORDRSP, DESADV, INVRPT and PRICAT by the segments that directory D.96A and EANCOM have in common
/// (https://service.unece.org/trade/untdid/d96a/trmd/trmdi1.htm).
/// </summary>
internal static class EdifactDocuments
{
    // Promised, current schedule, estimated delivery, estimated arrival, requested.
    private static readonly string[] Due = ["69", "67", "17", "132", "2"];

    // Actual stock, quantity on hand.
    private static readonly string[] OnHand = ["145", "17"];

    // Delivery party, ship to, consignee.
    private static readonly string[] DeliveryParties = ["DP", "ST", "CN", "UC"];

    /// <returns>Null if it is a message of another type.</returns>
    public static EdiDocument? Read(EdiMessage message)
    {
        var (header, lines) = Cut(message, "LIN");
        EdiDocument Of(EdiSubject subject, Func<IReadOnlyList<EdiSegment>, EdiLine> read) =>
            new(
                subject,
                header.FirstOrDefault(static s => s.Tag == "BGM")?[2] ?? "",
                EdiDates.OfDtm(header.Find("DTM", "137")) ?? message.Envelope.PreparedAt,
                [.. lines.Select(read)]
            )
            {
                IsCancelled = subject == EdiSubject.Shipment && header.FirstOrDefault(static s => s.Tag == "BGM")?[3] == "1",
            };
        return message.Type switch
        {
            "ORDRSP" => Of(EdiSubject.Confirmation, line => Confirmed(header, line)),
            "DESADV" => Of(EdiSubject.Shipment, line => Shipped(header, line)),
            "INVRPT" => Of(EdiSubject.Stock, line => Counted(header, line)),
            "PRICAT" => Of(EdiSubject.Cost, line => Priced(header, line)),
            _ => null,
        };
    }

    private static EdiLine Confirmed(IReadOnlyList<EdiSegment> header, IReadOnlyList<EdiSegment> line)
    {
        // To be delivered, to be despatched, ordered.
        var quantity = line.Find("QTY", "113", "12", "21");
        var answer = AnswerOf(header, line, quantity);
        return Line(line) with
        {
            Order = OrderOf(header, line),
            Location = PlaceOf(header, line, ["7"], DeliveryParties),
            Units = answer == "Rejected" ? 0 : EdiNumber.Parse(quantity?[1, 2] ?? ""),
            Unit = quantity?[1, 3] ?? "",
            DueAt = EdiDates.OfDtm(line.Find("DTM", Due) ?? header.Find("DTM", Due)),
            Answer = answer,
        };
    }

    // The line says it, else the message, else the two quantities.
    private static string AnswerOf(IReadOnlyList<EdiSegment> header, IReadOnlyList<EdiSegment> line, EdiSegment? quantity) =>
        (line[0][2], header.FirstOrDefault(static s => s.Tag == "BGM")?[3]) switch
        {
            ("5", _) => "Accepted",
            ("3" or "6", _) => "Changed",
            ("2" or "7", _) => "Rejected",
            (_, "27") => "Rejected",
            (_, "29") => "Accepted",
            _ => quantity is not null && line.Find("QTY", "21") is { } ordered && ordered[1, 2] != quantity[1, 2] ? "Changed" : "Accepted",
        };

    private static EdiLine Shipped(IReadOnlyList<EdiSegment> header, IReadOnlyList<EdiSegment> line)
    {
        var quantity = line.Find("QTY", "12");
        return Line(line) with
        {
            Order = OrderOf(header, line),
            Location = PlaceOf(header, line, ["7"], DeliveryParties),
            Units = EdiNumber.Parse(quantity?[1, 2] ?? ""),
            Unit = quantity?[1, 3] ?? "",
            DueAt = EdiDates.OfDtm(line.Find("DTM", "17", "132", "69", "67", "2") ?? header.Find("DTM", "17", "132", "69", "67", "2")),
            From = EdiDates.OfDtm(line.Find("DTM", "11") ?? header.Find("DTM", "11")),
        };
    }

    private static EdiLine Counted(IReadOnlyList<EdiSegment> header, IReadOnlyList<EdiSegment> line)
    {
        var quantity = line.Find("QTY", OnHand);
        return Line(line) with
        {
            Location = PlaceOf(header, line, ["14", "18", "7"], ["WH", "ST", "SF"]),
            Units = EdiNumber.Parse(quantity?[1, 2] ?? ""),
            Unit = quantity?[1, 3] ?? "",
            IgnoredBecause = quantity is null ? "has no stock on hand (QTY 145 or 17)" : null,
        };
    }

    private static EdiLine Priced(IReadOnlyList<EdiSegment> header, IReadOnlyList<EdiSegment> line)
    {
        // A gross price is no cost: allowances come off it.
        var price = line.Find("PRI", "AAA", "NTP");
        var (amount, basis) = (EdiNumber.Parse(price?[1, 2] ?? ""), EdiNumber.Parse(price?[1, 5] ?? "") ?? 1);
        return Line(line) with
        {
            Price = basis > 0 ? amount / basis : null,
            Unit = price?[1, 6] ?? "",
            Currency = (line.Find("CUX", "2") ?? header.Find("CUX", "2"))?[1, 2] ?? "",
            From = EdiDates.OfDtm(line.Find("DTM", "194", "7", "157") ?? header.Find("DTM", "194", "7", "157")),
            IgnoredBecause = (line[0][2], price) switch
            {
                ("2", _) => "deletes the item from the catalogue",
                (_, null) => "has no net price (PRI AAA)",
                _ => null,
            },
        };
    }

    private static EdiLine Line(IReadOnlyList<EdiSegment> line)
    {
        var additional = line.Where(static s => s.Tag == "PIA").SelectMany(static s => Enumerable.Range(2, 5).Select(i => (s[i, 2], s[i])));
        return new EdiLine(line[0]) { Sku = Pick(additional.Prepend((line[0][3, 2], line[0][3]))) };
    }

    private static string OrderOf(IReadOnlyList<EdiSegment> header, IReadOnlyList<EdiSegment> line) =>
        (line.Find("RFF", "ON") ?? header.Find("RFF", "ON"))?[1, 2] ?? "";

    private static string PlaceOf(
        IReadOnlyList<EdiSegment> header,
        IReadOnlyList<EdiSegment> line,
        ReadOnlySpan<string> places,
        ReadOnlySpan<string> parties
    ) => (line.Find("LOC", places) ?? line.Find("NAD", parties) ?? header.Find("LOC", places) ?? header.Find("NAD", parties))?[2] ?? "";
}
