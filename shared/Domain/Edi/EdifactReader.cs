using static Stockgate.Domain.Edi.EdiInterchanges;

namespace Stockgate.Domain.Edi;

/// <summary>
/// Reads EDIFACT interchanges (ISO 9735): separators from UNA, counts and references of UNT, UNE and UNZ, totals of CNT.
/// </summary>
internal static class EdifactReader
{
    public static IEnumerable<EdiMessage> Read(EdiSegments segments)
    {
        var syntax = SyntaxOf(segments);
        var begin = segments.Next(syntax);
        if (begin.Tag != "UNB")
            throw Unexpected(begin, "UNB");
        var envelope = new EdiEnvelope(begin[2], begin[3], begin[5], EdiDates.Of(begin[4], begin[4, 2]), begin[11] == "1");
        var (messages, groups) = (0, 0);
        while (true)
        {
            var next = segments.Next(syntax);
            switch (next.Tag)
            {
                case "UNH":
                    yield return Message(segments, syntax, envelope, next);
                    messages++;
                    break;
                case "UNG":
                    foreach (var message in Group(segments, syntax, envelope, next))
                        yield return message;
                    groups++;
                    break;
                case "UNZ":
                    // Of an interchange with groups these are counted, not the messages.
                    RequireCount(next, "the number of messages is", next[1], groups > 0 ? groups : messages);
                    Require(next, "the control reference of UNB is", next[2], envelope.Control);
                    yield break;
                default:
                    throw Unexpected(next, "UNH or UNZ");
            }
        }
    }

    private static EdiSyntax SyntaxOf(EdiSegments segments)
    {
        if (!segments.StartsWith("UNA"))
            return EdiSyntax.Edifact;
        // UNA, then: component, element, decimal mark, release, reserved or repetition, segment end.
        char? release = segments.Peek(6) == ' ' ? null : segments.Peek(6);
        var syntax = new EdiSyntax(segments.Peek(3), segments.Peek(4), segments.Peek(8), release);
        if (!syntax.IsUsable)
            throw segments.Broken("UNA names separators that are the same, or letters or digits");
        segments.Skip(9);
        return syntax;
    }

    private static IEnumerable<EdiMessage> Group(EdiSegments segments, EdiSyntax syntax, EdiEnvelope envelope, EdiSegment begin)
    {
        for (var messages = 0; ; messages++)
        {
            var next = segments.Next(syntax);
            if (next.Tag == "UNE")
            {
                RequireCount(next, "the number of messages in the group is", next[1], messages);
                Require(next, "the reference of UNG is", next[2], begin[5]);
                yield break;
            }
            if (next.Tag != "UNH")
                throw Unexpected(next, "UNH or UNE");
            yield return Message(segments, syntax, envelope, next);
        }
    }

    private static EdiMessage Message(EdiSegments segments, EdiSyntax syntax, EdiEnvelope envelope, EdiSegment header)
    {
        var inside = new List<EdiSegment>();
        while (true)
        {
            var next = segments.Next(syntax);
            if (next.Tag is "UNH" or "UNZ" or "UNB")
                throw Unexpected(next, "UNT");
            if (next.Tag != "UNT")
            {
                inside.Add(next);
                continue;
            }
            // UNH and UNT are counted too.
            RequireCount(next, "the number of segments is", next[1], inside.Count + 2);
            Require(next, "the reference of UNH is", next[2], header[1]);
            CheckTotals(inside);
            return new EdiMessage(envelope, header[2], header, inside);
        }
    }

    private static void CheckTotals(List<EdiSegment> inside)
    {
        foreach (var control in inside.Where(static s => s.Tag == "CNT"))
            switch (control[1])
            {
                case "1":
                    RequireCount(control, "the sum of the quantities is", control[1, 2], [.. SumsOf(inside)]);
                    break;
                case "2":
                    RequireCount(control, "the number of lines is", control[1, 2], inside.Count(static s => s.Tag == "LIN"));
                    break;
            }
    }

    // Partners add up the quantities of one kind (those ordered, those despatched) or of all kinds.
    private static IEnumerable<decimal> SumsOf(List<EdiSegment> inside)
    {
        var lines = inside.SkipWhile(static s => s.Tag != "LIN").Where(static s => s.Tag == "QTY").ToList();
        return lines
            .GroupBy(static s => s[1])
            .Select(static kind => kind.Sum(static s => EdiNumber.Parse(s[1, 2]) ?? 0))
            .Append(lines.Sum(static s => EdiNumber.Parse(s[1, 2]) ?? 0));
    }
}
