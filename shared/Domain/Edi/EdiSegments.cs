using System.Text;
using Stockgate.Domain.Ingest.Files;

namespace Stockgate.Domain.Edi;

/// <summary>Cuts text into segments.</summary>
internal sealed class EdiSegments(string text)
{
    private int at,
        number;

    public bool IsAtEnd
    {
        get
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF'))
                at++;
            return at == text.Length;
        }
    }

    /// <summary>Where the next segment stands, for messages.</summary>
    public int NextNumber => number + 1;

    public bool StartsWith(string tag) => string.CompareOrdinal(text, at, tag, 0, tag.Length) == 0;

    /// <summary>The character at a distance from here.</summary>
    /// <exception cref="FileBrokenException">The text ends before.</exception>
    public char Peek(int distance) => at + distance < text.Length ? text[at + distance] : throw Broken("the file ends here");

    public void Skip(int characters) => at += characters;

    /// <summary>The next segment. Line ends between segments are of no account.</summary>
    /// <param name="syntax">The separators.</param>
    /// <param name="isFlat">Its elements have no components: the ISA shows the separator of components as a value.</param>
    /// <exception cref="FileBrokenException">The text ends within it.</exception>
    public EdiSegment Next(EdiSyntax syntax, bool isFlat = false)
    {
        if (IsAtEnd)
            throw Broken("the file ends here, before the interchange does");
        number++;
        var elements = new List<IReadOnlyList<string>>();
        var (components, part) = (new List<string>(), new StringBuilder());
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == syntax.Release && at + 1 < text.Length)
                part.Append(text[++at]);
            else if (c == syntax.Segment)
            {
                at++;
                EndElement();
                return new EdiSegment(elements[0][0], elements[1..], number, at);
            }
            else if (c == syntax.Element)
                EndElement();
            else if (c == syntax.Component && !isFlat)
                EndComponent();
            else
                part.Append(c);
        }
        throw new FileBrokenException(number, $"segment {number} ({Clip.To(part.ToString().Trim(), 20)}) has no end");

        void EndComponent()
        {
            components.Add(part.ToString());
            part.Clear();
        }

        void EndElement()
        {
            EndComponent();
            elements.Add(components);
            components = [];
        }
    }

    public FileBrokenException Broken(string reason) => new(NextNumber, reason);
}
