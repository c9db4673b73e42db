using System.Globalization;
using System.Text;

namespace Stockgate.Domain.Edi;

/// <summary>Who sends an interchange to whom.</summary>
/// <param name="Sender">Our identification.</param>
/// <param name="SenderQualifier">What it is a number of: <c>14</c> GLN, <c>ZZ</c> mutually defined; may be empty in EDIFACT.</param>
/// <param name="Receiver">Theirs.</param>
/// <param name="ReceiverQualifier">What that is a number of.</param>
/// <param name="Control">The number of the interchange, 1 to 999,999,999; each higher than the one before.</param>
/// <param name="PreparedAt">When it is written.</param>
public sealed record EdiAddress(
    string Sender,
    string SenderQualifier,
    string Receiver,
    string ReceiverQualifier,
    int Control,
    DateTimeOffset PreparedAt
);

/// <summary>Writes EDIFACT interchanges of one message, with UNA, counts and references.</summary>
public static class EdifactWriter
{
    /// <param name="address">Who sends it to whom.</param>
    /// <param name="type">Such as <c>ORDERS:D:96A:UN</c>, by components.</param>
    /// <param name="segments">Between UNH and UNT.</param>
    /// <param name="syntax">The separators; null: the usual ones.</param>
    public static string Write(EdiAddress address, IReadOnlyList<string> type, IReadOnlyList<EdiSegment> segments, EdiSyntax? syntax = null)
    {
        var with = syntax ?? EdiSyntax.Edifact;
        if (!with.IsUsable || with.Release is null)
            throw new ArgumentException(
                "The separators are the same, or letters or digits, or there is no release character.",
                nameof(syntax)
            );
        var control = address.Control.ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder($"UNA{with.Component}{with.Element}.{with.Release} {with.Segment}\n");
        var at = address.PreparedAt.UtcDateTime;
        Append(
            EdiSegment.Composed(
                "UNB",
                ["UNOC", "3"],
                Party(address.Sender, address.SenderQualifier),
                Party(address.Receiver, address.ReceiverQualifier),
                [Text(at, "yyMMdd"), Text(at, "HHmm")],
                [control]
            )
        );
        Append(EdiSegment.Composed("UNH", ["1"], type));
        foreach (var segment in segments)
            Append(segment);
        Append(EdiSegment.Of("UNT", Text(segments.Count + 2), "1"));
        Append(EdiSegment.Of("UNZ", "1", control));
        return text.ToString();

        void Append(EdiSegment segment)
        {
            text.Append(segment.Tag);
            foreach (var element in segment.Elements)
            {
                text.Append(with.Element);
                for (var i = 0; i < element.Count; i++)
                    Value(i == 0 ? null : with.Component, element[i]);
            }
            text.Append(with.Segment).Append('\n');
        }

        void Value(char? before, string value)
        {
            text.Append(before);
            foreach (var c in value)
            {
                if (c == with.Component || c == with.Element || c == with.Segment || c == with.Release)
                    text.Append(with.Release);
                text.Append(c);
            }
        }
    }

    private static IReadOnlyList<string> Party(string id, string qualifier) => qualifier.Length > 0 ? [id, qualifier] : [id];

    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Text(DateTime at, string format) => at.ToString(format, CultureInfo.InvariantCulture);
}
