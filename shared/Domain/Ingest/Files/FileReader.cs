using System.Runtime.CompilerServices;
using System.Text;

namespace Stockgate.Domain.Ingest.Files;

/// <summary>Reads the records of files that are lines: CSV, fixed width, JSON lines. Holds one record at a time.</summary>
public static class FileReader
{
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    private static readonly FileColumn[] None = [];

    /// <summary>The columns of a file: those that its form names, or those of its first row.</summary>
    /// <param name="content">From its beginning.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FileBrokenException">The first row does not name columns.</exception>
    public static async Task<IReadOnlyList<FileColumn>> ColumnsAsync(Stream content, FileForm form, CancellationToken cancellationToken)
    {
        if (!NamesColumns(form))
            return form.Columns;
        await foreach (var line in LineCutter.CutAsync(content, FilePosition.Start, form.Separator, cancellationToken))
            return ColumnsIn(line, form);
        return None;
    }

    /// <param name="content">From the position on.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="stamp">What is known of the file.</param>
    /// <param name="columns">As <see cref="ColumnsAsync"/> gave them.</param>
    /// <param name="from">Where the stream begins: the start, or where a record before it said that the next one is.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FileBrokenException">It can't be read on.</exception>
    public static async IAsyncEnumerable<FileRecord> ReadAsync(
        Stream content,
        FileForm form,
        FileStamp stamp,
        IReadOnlyList<FileColumn> columns,
        FilePosition from,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        char? separator = form.Kind == FileKind.Csv ? form.Separator : null;
        var isHeader = from.Offset == 0 && NamesColumns(form);
        var rows = new RowWriter(form, stamp, columns);
        await foreach (var line in LineCutter.CutAsync(content, from, separator, cancellationToken))
        {
            var bytes = line.Number == 1 ? WithoutBom(line.Bytes) : line.Bytes;
            if (!isHeader && !IsBlank(bytes.Span))
                yield return rows.Record(line with { Bytes = bytes });
            isHeader = false;
        }
    }

    internal static IReadOnlyList<FileColumn> ColumnsIn(FileLine line, FileForm form)
    {
        IReadOnlyList<string> names;
        try
        {
            names = CsvRow.Read(form.Encoding.GetString(WithoutBom(line.Bytes).Span), form.Separator);
        }
        catch (Exception broken) when (broken is DecoderFallbackException or FormatException)
        {
            throw new FileBrokenException(line.Number, $"the names of the columns can't be read: {broken.Message}");
        }
        var columns = names.Select(static name => new FileColumn(name.Trim())).ToList();
        var missing = columns.FindIndex(static c => c.Name.Length == 0);
        if (missing >= 0)
            throw new FileBrokenException(line.Number, $"column {missing + 1} has no name in the first row");
        if (columns.GroupBy(static c => c.Name).FirstOrDefault(static g => g.Skip(1).Any()) is { } twice)
            throw new FileBrokenException(line.Number, $"two columns are called '{Clip.To(twice.Key, 100)}'");
        return columns;
    }

    private static bool NamesColumns(FileForm form) => form is { Kind: FileKind.Csv, HasHeader: true };

    private static ReadOnlyMemory<byte> WithoutBom(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith(Bom) ? bytes[Bom.Length..] : bytes;

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t\r\n"u8).IsEmpty;
}
