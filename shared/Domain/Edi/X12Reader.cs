using static Stockgate.Domain.Edi.EdiInterchanges;

namespace Stockgate.Domain.Edi;

/// <summary>
/// Reads X12 interchanges: separators from the ISA, whose length is fixed, counts and control numbers of SE, GE and IEA, totals of CTT.
/// </summary>
internal static class X12Reader
{
    private const int ElementAt = 3,
        ComponentAt = 104,
        SegmentAt = 105;

    public static IEnumerable<EdiMessage> Read(EdiSegments segments)
    {
        var syntax = new EdiSyntax(segments.Peek(ComponentAt), segments.Peek(ElementAt), segments.Peek(SegmentAt), null);
        if (!syntax.IsUsable)
            throw segments.Broken("the ISA has not 106 characters: its separators are not where they have to be");
        var begin = segments.Next(syntax, isFlat: true);
        if (begin.Elements.Count != 16)
            throw Unexpected(begin, "an ISA of 16 elements");
        var envelope = new EdiEnvelope(begin[6].Trim(), begin[8].Trim(), begin[13], EdiDates.Of(begin[9], begin[10]), begin[15] == "T");
        for (var groups = 0; ; groups++)
        {
            var next = segments.Next(syntax);
            if (next.Tag == "IEA")
            {
                RequireCount(next, "the number of groups is", next[1], groups);
                Require(next, "the control number of the ISA is", next[2], begin[13]);
                yield break;
            }
            // An acknowledgment of an interchange stands outside of groups.
            if (next.Tag == "TA1")
            {
                groups--;
                continue;
            }
            if (next.Tag != "GS")
                throw Unexpected(next, "GS or IEA");
            foreach (var message in Group(segments, syntax, envelope with { PreparedAt = EdiDates.Of(next[4], next[5]) }, next))
                yield return message;
        }
    }

    private static IEnumerable<EdiMessage> Group(EdiSegments segments, EdiSyntax syntax, EdiEnvelope envelope, EdiSegment begin)
    {
        for (var sets = 0; ; sets++)
        {
            var next = segments.Next(syntax);
            if (next.Tag == "GE")
            {
                RequireCount(next, "the number of transaction sets is", next[1], sets);
                Require(next, "the control number of GS is", next[2], begin[6]);
                yield break;
            }
            if (next.Tag != "ST")
                throw Unexpected(next, "ST or GE");
            yield return Set(segments, syntax, envelope, next);
        }
    }

    private static EdiMessage Set(EdiSegments segments, EdiSyntax syntax, EdiEnvelope envelope, EdiSegment header)
    {
        var inside = new List<EdiSegment>();
        while (true)
        {
            var next = segments.Next(syntax);
            if (next.Tag is "ST" or "GE" or "IEA" or "ISA")
                throw Unexpected(next, "SE");
            if (next.Tag != "SE")
            {
                inside.Add(next);
                continue;
            }
            // ST and SE are counted too.
            RequireCount(next, "the number of segments is", next[1], inside.Count + 2);
            Require(next, "the control number of ST is", next[2], header[2]);
            CheckTotals(header[1], inside);
            return new EdiMessage(envelope, header[1], header, inside);
        }
    }

    private static void CheckTotals(string type, List<EdiSegment> inside)
    {
        var (line, quantity) = type switch
        {
            "850" or "855" => ("PO1", ("PO1", 2)),
            "856" => ("HL", ("SN1", 2)),
            _ => ("LIN", ("", 0)),
        };
        foreach (var control in inside.Where(static s => s.Tag == "CTT"))
        {
            RequireCount(control, "the number of lines is", control[1], inside.Count(s => s.Tag == line));
            if (control[2].Length == 0 || quantity.Item2 == 0)
                continue;
            var sum = inside.Where(s => s.Tag == quantity.Item1).Sum(s => EdiNumber.Parse(s[quantity.Item2]) ?? 0);
            RequireCount(control, "the sum of the quantities is", control[2], sum);
        }
    }
}
