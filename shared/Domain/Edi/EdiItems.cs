namespace Stockgate.Domain.Edi;

/// <summary>Item numbers, units and parts of messages, as both standards have them.</summary>
internal static class EdiItems
{
    // The retailer's own number first, then the trade item number, then the supplier's.
    private static readonly string[] Kinds =
    [
        "IN",
        "BP",
        "SK",
        "EN",
        "SRV",
        "UP",
        "UK",
        "UI",
        "UA",
        "EO",
        "SA",
        "VN",
        "VP",
        "VC",
        "MG",
        "MF",
    ];

    // Pieces, and what is sold by weight, volume or length. Of packs the messages don't say how many units they hold.
    private static readonly HashSet<string> Units =
    [
        "",
        "EA",
        "PCE",
        "PC",
        "C62",
        "H87",
        "UN",
        "NAR",
        "KGM",
        "KG",
        "GRM",
        "GR",
        "LB",
        "LBR",
        "LTR",
        "LT",
        "MTR",
    ];

    public static string Pick(IEnumerable<(string Kind, string Number)> items) =>
        items
            .Where(static i => i.Number.Length > 0)
            .OrderBy(static i => Array.IndexOf(Kinds, i.Kind) is var place && place >= 0 ? place : Kinds.Length)
            .Select(static i => i.Number)
            .FirstOrDefault("");

    public static bool IsUnit(string unit) => Units.Contains(unit);

    /// <summary>The segments before the first line, and those of each line.</summary>
    public static (IReadOnlyList<EdiSegment> Header, IReadOnlyList<IReadOnlyList<EdiSegment>> Lines) Cut(EdiMessage message, string tag)
    {
        // The summary is of no line.
        var detail = message.Segments.TakeWhile(static s => s.Tag is not ("CNT" or "CTT") && s is not { Tag: "UNS" } || s[1] == "D");
        var (header, lines) = (new List<EdiSegment>(), new List<List<EdiSegment>>());
        foreach (var segment in detail)
            if (segment.Tag == tag)
                lines.Add([segment]);
            else
                (lines.Count == 0 ? header : lines[^1]).Add(segment);
        return (header, lines);
    }

    /// <summary>The first segment with this tag whose first component is one of the qualifiers, in their order.</summary>
    public static EdiSegment? Find(this IEnumerable<EdiSegment> segments, string tag, params ReadOnlySpan<string> qualifiers)
    {
        var all = segments.Where(s => s.Tag == tag).ToList();
        foreach (var qualifier in qualifiers)
            if (all.Find(s => s[1] == qualifier) is { } found)
                return found;
        return null;
    }
}
