using Stockgate.Domain.Ingest.Files;

namespace Stockgate.Domain.Edi;

/// <summary>What encloses messages.</summary>
/// <param name="Sender">Its identification.</param>
/// <param name="Receiver">Its identification.</param>
/// <param name="Control">The interchange's control number.</param>
/// <param name="PreparedAt">Null where it is not readable.</param>
/// <param name="IsTest">It says of itself that it is a test.</param>
public sealed record EdiEnvelope(string Sender, string Receiver, string Control, DateTimeOffset? PreparedAt, bool IsTest);

/// <summary>A message of an interchange, checked: its counts, control numbers and totals agree.</summary>
/// <param name="Envelope">What encloses it.</param>
/// <param name="Type"><c>ORDRSP</c> or <c>855</c>.</param>
/// <param name="Header">The segment that it begins with.</param>
/// <param name="Segments">Between its header and its trailer.</param>
public sealed record EdiMessage(EdiEnvelope Envelope, string Type, EdiSegment Header, IReadOnlyList<EdiSegment> Segments);

/// <summary>Reads interchanges and holds them to what they say of themselves.</summary>
public static class EdiInterchanges
{
    /// <summary>The messages of a file, one after the other. What is wrong is found when it is reached: go through all before using one.</summary>
    /// <exception cref="FileBrokenException">It is no interchange, or a count, a control number or a total is wrong.</exception>
    public static IEnumerable<EdiMessage> Read(string text)
    {
        var segments = new EdiSegments(text);
        if (segments.IsAtEnd)
            throw segments.Broken("the file is empty");
        while (!segments.IsAtEnd)
        {
            foreach (var message in OfOne(segments))
                yield return message;
        }
    }

    private static IEnumerable<EdiMessage> OfOne(EdiSegments segments)
    {
        if (segments.StartsWith("UNA") || segments.StartsWith("UNB"))
            return EdifactReader.Read(segments);
        if (segments.StartsWith("ISA"))
            return X12Reader.Read(segments);
        throw segments.Broken("an interchange begins with UNA, UNB or ISA, and this is none of them");
    }

    /// <summary>Holds what a segment says to what there is.</summary>
    /// <exception cref="FileBrokenException">It is another thing.</exception>
    internal static void Require(EdiSegment at, string what, string said, string found)
    {
        if (said.Trim() != found.Trim())
            throw new FileBrokenException(at.Number, $"{at.Tag} (segment {at.Number}) says {what} {Shown(said)}, and it is {Shown(found)}");
    }

    /// <summary>Holds a number that a segment says to the one that there is.</summary>
    internal static void RequireCount(EdiSegment at, string what, string said, params ReadOnlySpan<decimal> possible)
    {
        if (EdiNumber.Parse(said) is { } number && possible.Contains(number))
            return;
        var found = possible.Length > 0 ? EdiNumber.Write(possible[0]) : "none";
        throw new FileBrokenException(at.Number, $"{at.Tag} (segment {at.Number}) says {what} {Shown(said)}, and it is {found}");
    }

    internal static FileBrokenException Unexpected(EdiSegment found, string expected) =>
        new(found.Number, $"segment {found.Number} is {Clip.To(found.Tag, 20)} where {expected} is expected");

    private static string Shown(string text) => text.Length == 0 ? "nothing" : $"'{Clip.To(text, 40)}'";
}
