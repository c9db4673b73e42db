using System.Text;
using static Stockgate.Domain.Edi.EdifactWriter;

namespace Stockgate.Domain.Edi;

/// <summary>
/// Writes X12 interchanges of one transaction set, with counts and control numbers. X12 has no release character: separators are chosen
/// that no value holds.
/// </summary>
public static class X12Writer
{
    private const string Version = "004010";

    private static readonly EdiSyntax[] Choices =
    [
        EdiSyntax.X12,
        new('^', '|', '~', null),
        new('\u001F', '\u001D', '\u001C', null),
        new('>', '\u001D', '~', null),
    ];

    /// <param name="address">Who sends it to whom; a qualifier that is empty is <c>ZZ</c>.</param>
    /// <param name="group">Of the set, such as <c>PO</c>.</param>
    /// <param name="type">Of the set, such as <c>850</c>.</param>
    /// <param name="segments">Between ST and SE.</param>
    /// <param name="syntax">The separators; null: those of the usual ones that no value holds.</param>
    /// <exception cref="ArgumentException">A value holds a separator, and there is no other choice.</exception>
    public static string Write(EdiAddress address, string group, string type, IReadOnlyList<EdiSegment> segments, EdiSyntax? syntax = null)
    {
        var values = segments.SelectMany(static s => s.Elements).SelectMany(static e => e).Append(address.Sender).Append(address.Receiver);
        var all = string.Concat(values);
        var with =
            (syntax is null ? Choices : [syntax]).FirstOrDefault(s =>
                s.IsUsable && !all.Contains(s.Component) && !all.Contains(s.Element) && !all.Contains(s.Segment)
            ) ?? throw new ArgumentException("A value holds a separator, and X12 has no release character.", nameof(segments));
        var (at, control) = (address.PreparedAt.UtcDateTime, Text(address.Control));
        var text = new StringBuilder();
        Append(
            EdiSegment.Of(
                "ISA",
                "00",
                new string(' ', 10),
                "00",
                new string(' ', 10),
                Qualifier(address.SenderQualifier),
                Padded(address.Sender),
                Qualifier(address.ReceiverQualifier),
                Padded(address.Receiver),
                Text(at, "yyMMdd"),
                Text(at, "HHmm"),
                "U",
                "00401",
                control.PadLeft(9, '0'),
                "0",
                "P",
                with.Component.ToString()
            )
        );
        Append(EdiSegment.Of("GS", group, address.Sender, address.Receiver, Text(at, "yyyyMMdd"), Text(at, "HHmm"), control, "X", Version));
        Append(EdiSegment.Of("ST", type, "0001"));
        foreach (var segment in segments)
            Append(segment);
        Append(EdiSegment.Of("SE", Text(segments.Count + 2), "0001"));
        Append(EdiSegment.Of("GE", "1", control));
        Append(EdiSegment.Of("IEA", "1", control.PadLeft(9, '0')));
        return text.ToString();

        void Append(EdiSegment segment)
        {
            text.Append(segment.Tag);
            foreach (var element in segment.Elements)
                text.Append(with.Element).AppendJoin(with.Component, element);
            text.Append(with.Segment).Append('\n');
        }
    }

    private static string Qualifier(string qualifier) => qualifier.Length == 0 ? "ZZ" : qualifier.PadRight(2)[..2];

    // The fields of an ISA have fixed lengths.
    private static string Padded(string id) =>
        id.Length <= 15 ? id.PadRight(15) : throw new ArgumentException($"'{id}' has more than 15 characters.", nameof(id));
}
