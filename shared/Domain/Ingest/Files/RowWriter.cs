using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stockgate.Domain.Ingest.Files;

/// <summary>Makes a record of a line: of a row with columns a JSON object of texts, by their names.</summary>
internal sealed class RowWriter(FileForm form, FileStamp stamp, IReadOnlyList<FileColumn> columns)
{
    private readonly HashSet<string> names = [.. columns.Select(static c => c.Name)];

    public FileRecord Record(FileLine line)
    {
        if (form.Kind == FileKind.JsonLines)
            return new FileRecord(line.Number, line.Next, line.Bytes.ToArray());
        try
        {
            var text = form.Encoding.GetString(line.Bytes.Span);
            var values = form.Kind == FileKind.Csv ? CsvRow.Read(text, form.Separator) : ValuesAt(text);
            return values.Count == columns.Count
                ? new FileRecord(line.Number, line.Next, Json(values, line.Number))
                : Broken(line, $"has {Plural.Of(values.Count, "value")} where {columns.Count} are expected");
        }
        catch (DecoderFallbackException)
        {
            return Broken(line, $"is not text in {form.Encoding.WebName}; set the encoding that the file is written in");
        }
        catch (FormatException broken)
        {
            return Broken(line, broken.Message);
        }
    }

    // Trailing blanks are often cut off: what is not there is empty.
    private List<string> ValuesAt(string text) =>
        [
            .. columns.Select(column =>
                column.Start > text.Length ? "" : text.Substring(column.Start - 1, Math.Min(column.Length, text.Length - column.Start + 1))
            ),
        ];

    private byte[] Json(IReadOnlyList<string> values, long line)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            for (var i = 0; i < values.Count; i++)
                // An empty value is a missing one: a mapping then leaves the field out.
                if (values[i].Trim() is { Length: > 0 } value)
                    json.WriteString(columns[i].Name, value);
            Add(json, "_file", stamp.Name);
            Add(json, "_version", stamp.Version);
            Add(json, "_line", line.ToString(CultureInfo.InvariantCulture));
            Add(json, "_received", stamp.ReceivedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    private void Add(Utf8JsonWriter json, string name, string value)
    {
        if (!names.Contains(name))
            json.WriteString(name, value);
    }

    private static FileRecord Broken(FileLine line, string reason) =>
        new(line.Number, line.Next, line.Bytes.ToArray(), new Rejection("", reason));
}
