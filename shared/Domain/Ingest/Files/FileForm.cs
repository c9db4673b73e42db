using System.Text;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Ingest.Files;

/// <summary>How a channel's files are written.</summary>
[JsonConverter(typeof(NamedEnumConverter<FileKind>))]
public enum FileKind
{
    /// <summary>Separated values with quotes (RFC 4180); each row goes through the channel's mapping.</summary>
    Csv,

    /// <summary>A JSON object on each line, in the channel's own format.</summary>
    JsonLines,

    /// <summary>Columns by their place in the line; each line goes through the channel's mapping.</summary>
    FixedWidth,

    /// <summary>EDIFACT or X12 interchanges of a supplier.</summary>
    Edi,
}

/// <summary>A column of a file.</summary>
/// <param name="Name">Its member in the record that the mapping sees.</param>
/// <param name="Start">Fixed width: its first character, from 1.</param>
/// <param name="Length">Fixed width: its characters.</param>
public sealed record FileColumn(string Name, int Start = 0, int Length = 0)
{
    /// <summary>Reads <c>NAME:START:LENGTH</c>, or a name alone.</summary>
    /// <returns>Null if the text is neither.</returns>
    public static FileColumn? Parse(string text, FileKind kind)
    {
        if (kind != FileKind.FixedWidth)
            return text.Length > 0 ? new FileColumn(text) : null;
        return
            text.Split(':') is [{ Length: > 0 } name, var first, var count]
            && int.TryParse(first, out var start)
            && int.TryParse(count, out var length)
            && start is > 0 and <= LineCutter.MostBytes
            && length is > 0 and <= LineCutter.MostBytes
            ? new FileColumn(name, start, length)
            : null;
    }
}

/// <summary>How the files of a channel are read.</summary>
public sealed record FileForm
{
    public required FileKind Kind { get; init; }

    /// <summary>Csv: between two values.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Refuses bytes that are no text in it.</summary>
    public Encoding Encoding { get; init; } = TextEncodings.Find("utf-8")!;

    /// <summary>Csv: the first row names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Of fixed width, and of a CSV without a header.</summary>
    public IReadOnlyList<FileColumn> Columns { get; init; } = [];
}

/// <summary>Encodings of files: those in which separators and line ends are the bytes of ASCII.</summary>
public static class TextEncodings
{
    private const string Marks = "\r\n,;\t|\"'0A";

    /// <returns>The encoding, which throws at what is no text in it; null if there is none of this name, or it is not like ASCII.</returns>
    public static Encoding? Find(string name)
    {
        try
        {
            var (write, read) = (EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name, write, read) ?? Encoding.GetEncoding(name, write, read);
            var isLikeAscii = encoding.IsSingleByte || encoding.CodePage == Encoding.UTF8.CodePage;
            return isLikeAscii && encoding.GetBytes(Marks).AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(Marks)) ? encoding : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
