using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Stockgate.Domain;
using Stockgate.Domain.Ingest.Files;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>How the files of a channel are written.</summary>
public sealed class ChannelFileOptions
{
    private const string Tab = "tab";

    [Setting("", "how its files are written ([files.md](files.md)); without it the channel takes none", Default = "none")]
    public FileKind? Format { get; set; }

    [Setting("one character, or `tab`", "Csv: what stands between two values")]
    public string Separator { get; set; } = ",";

    [Setting("name, such as `windows-1252`", "in which encoding the text is; not UTF-16")]
    public string Encoding { get; set; } = "utf-8";

    [Setting("", "Csv: whether the first row names the columns")]
    public bool Header { get; set; } = true;

    [Setting("", "FixedWidth: `NAME:START:LENGTH` of each; Csv without a header: the names", Default = "none")]
    [AllowNull]
    public TextList Columns
    {
        get;
        set => field = value ?? [];
    } = [];

    [Setting("supplier", "Edi: whose messages they are", Default = "NAME"), Name]
    public string? Supplier { get; set; }

    /// <summary>What is wrong, by member below <c>Files</c>.</summary>
    internal IEnumerable<ValidationResult> Mistakes(ChannelFormat? format)
    {
        if (Format is not { } kind)
            yield break;
        if (format is not (ChannelFormat.Canonical or ChannelFormat.Mapping))
            yield return Of(nameof(Format), "needs a channel of the format Canonical or Mapping");
        else if (format != ChannelFormat.Mapping && kind is FileKind.Csv or FileKind.FixedWidth)
            yield return Of(nameof(Format), $"is {kind}, whose rows become events by a mapping; set the format Mapping and a mapping");
        else if (format != ChannelFormat.Canonical && kind is FileKind.Edi)
            yield return Of(nameof(Format), "is Edi, whose messages become canonical events; set the format Canonical");
        if (TextEncodings.Find(Encoding) is null)
            yield return Of(
                nameof(Encoding),
                $"is '{Encoding}'; give utf-8, windows-1252, iso-8859-15 or another one with the bytes of ASCII"
            );
        if (
            kind == FileKind.Csv
            && (SeparatorCharacter is not { } separator || !char.IsAscii(separator) || separator is '"' or '\r' or '\n')
        )
            yield return Of(nameof(Separator), $"is '{Separator}'; give one character such as ; or the word {Tab}");
        foreach (var mistake in ColumnMistakes(kind))
            yield return mistake;
    }

    internal FileForm? Form() =>
        Format is { } kind
            ? new FileForm
            {
                Kind = kind,
                Separator = SeparatorCharacter ?? ',',
                Encoding = TextEncodings.Find(Encoding)!,
                HasHeader = Header,
                Columns = [.. Columns.Select(text => FileColumn.Parse(text, kind)!)],
            }
            : null;

    private char? SeparatorCharacter
    {
        get
        {
            if (Separator == Tab)
                return '\t';
            return Separator is [var one] ? one : null;
        }
    }

    private IEnumerable<ValidationResult> ColumnMistakes(FileKind kind)
    {
        var isNeeded = kind == FileKind.FixedWidth || (kind == FileKind.Csv && !Header);
        if (isNeeded && Columns.Count == 0)
            yield return Of(nameof(Columns), "is missing; name the columns");
        if (isNeeded && Columns.Find(text => FileColumn.Parse(text, kind) is null) is { } wrong)
            yield return Of(nameof(Columns), $"has '{wrong}'; give NAME:START:LENGTH, the first character of a line is 1");
        if (!isNeeded && Columns.Count > 0)
            yield return Of(nameof(Columns), "is for FixedWidth, and for Csv without a header");
    }

    private static ValidationResult Of(string member, string what) => new(what, [$"Files:{member}"]);
}
