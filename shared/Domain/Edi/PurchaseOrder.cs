using static Stockgate.Domain.Edi.EdifactWriter;

namespace Stockgate.Domain.Edi;

/// <summary>The standard that a supplier's orders are written in.</summary>
public enum EdiStandard
{
    /// <summary>ORDERS of directory D.96A.</summary>
    Edifact,

    /// <summary>Transaction set 850 of release 4010.</summary>
    X12,
}

/// <summary>A purchase order that goes out.</summary>
/// <param name="Number">What the supplier's confirmation names.</param>
/// <param name="OrderedAt">When it was approved.</param>
/// <param name="ShipTo">The code of the place that it is for.</param>
/// <param name="DueAt">When it is wanted; null: as soon as possible.</param>
/// <param name="Lines">At least one.</param>
/// <param name="Currency">Of the costs; null where none is known.</param>
/// <param name="Replaces">Whether an order of this number went out before, which this one takes the place of.</param>
public sealed record PurchaseOrder(
    string Number,
    DateTimeOffset OrderedAt,
    string ShipTo,
    DateTimeOffset? DueAt,
    IReadOnlyList<PurchaseOrderLine> Lines,
    string? Currency,
    bool Replaces = false
);

/// <summary>A line of a purchase order.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Quantity">Units, above 0.</param>
/// <param name="UnitCost">Null where it is not known.</param>
public sealed record PurchaseOrderLine(Sku Sku, Quantity Quantity, decimal? UnitCost);

/// <summary>Writes purchase orders for suppliers.</summary>
public static class PurchaseOrderMessages
{
    public static string Write(PurchaseOrder order, EdiStandard standard, EdiAddress address) =>
        standard == EdiStandard.Edifact
            ? EdifactWriter.Write(address, ["ORDERS", "D", "96A", "UN"], Orders(order, address))
            : X12Writer.Write(address, "PO", "850", Set850(order));

    private static List<EdiSegment> Orders(PurchaseOrder order, EdiAddress address)
    {
        var segments = new List<EdiSegment>
        {
            EdiSegment.Of("BGM", "220", order.Number, order.Replaces ? "5" : "9"),
            Date("137", order.OrderedAt),
        };
        if (order.DueAt is { } due)
            segments.Add(Date("2", due));
        segments.Add(EdiSegment.Composed("NAD", ["BY"], [address.Sender, "", "9"]));
        segments.Add(EdiSegment.Composed("NAD", ["SU"], [address.Receiver, "", "9"]));
        segments.Add(EdiSegment.Composed("NAD", ["DP"], [order.ShipTo, "", "92"]));
        if (order.Currency is { } currency)
            segments.Add(EdiSegment.Composed("CUX", ["2", currency, "9"]));
        for (var i = 0; i < order.Lines.Count; i++)
        {
            var line = order.Lines[i];
            segments.Add(EdiSegment.Of("LIN", Text(i + 1)));
            segments.Add(EdiSegment.Composed("PIA", ["5"], [line.Sku.Value, "IN"]));
            segments.Add(EdiSegment.Composed("QTY", ["21", EdiNumber.Write(line.Quantity.Value), "PCE"]));
            if (line.UnitCost is { } cost)
                segments.Add(EdiSegment.Composed("PRI", ["AAA", EdiNumber.Write(cost)]));
        }
        segments.Add(EdiSegment.Of("UNS", "S"));
        segments.Add(EdiSegment.Composed("CNT", ["1", Sum(order)]));
        segments.Add(EdiSegment.Composed("CNT", ["2", Text(order.Lines.Count)]));
        return segments;
    }

    private static List<EdiSegment> Set850(PurchaseOrder order)
    {
        var segments = new List<EdiSegment>
        {
            EdiSegment.Of("BEG", order.Replaces ? "05" : "00", "SA", order.Number, "", Text(order.OrderedAt.UtcDateTime, "yyyyMMdd")),
        };
        if (order.Currency is { } currency)
            segments.Add(EdiSegment.Of("CUR", "BY", currency));
        if (order.DueAt is { } due)
            segments.Add(EdiSegment.Of("DTM", "002", Text(due.UtcDateTime, "yyyyMMdd")));
        segments.Add(EdiSegment.Of("N1", "ST", "", "92", order.ShipTo));
        for (var i = 0; i < order.Lines.Count; i++)
        {
            var line = order.Lines[i];
            var cost = line.UnitCost is { } known ? EdiNumber.Write(known) : "";
            segments.Add(EdiSegment.Of("PO1", Text(i + 1), EdiNumber.Write(line.Quantity.Value), "EA", cost, "", "IN", line.Sku.Value));
        }
        segments.Add(EdiSegment.Of("CTT", Text(order.Lines.Count), Sum(order)));
        return segments;
    }

    private static string Sum(PurchaseOrder order) => EdiNumber.Write(order.Lines.Sum(static l => l.Quantity.Value));

    private static EdiSegment Date(string kind, DateTimeOffset at) =>
        EdiSegment.Composed("DTM", [kind, Text(at.UtcDateTime, "yyyyMMdd"), "102"]);
}
