using System.Runtime.CompilerServices;

namespace Stockgate.Domain.Ingest.Files;

/// <summary>A line of a file; of a CSV with line breaks in quotes a row of several.</summary>
/// <param name="Number">Of its first line.</param>
/// <param name="Next">Where the next one begins.</param>
/// <param name="Bytes">Without the line end. Holds until the next line is read.</param>
internal readonly record struct FileLine(long Number, FilePosition Next, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Cuts a stream into lines by its bytes, so that where a line begins is known exactly and reading can go on there. Holds one line.
/// </summary>
internal static class LineCutter
{
    /// <summary>Bytes of the longest line: a quote that is not closed must not read the whole file.</summary>
    public const int MostBytes = 1024 * 1024;

    private const int FirstBuffer = 64 * 1024;

    /// <param name="content">From the position on.</param>
    /// <param name="from">Where the stream begins.</param>
    /// <param name="separator">Of a CSV, whose quotes may hold line breaks; null: every line break ends a line.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FileBrokenException">A line is too long.</exception>
    public static async IAsyncEnumerable<FileLine> CutAsync(
        Stream content,
        FilePosition from,
        char? separator,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (buffer, start, end, scanned) = (new byte[FirstBuffer], 0, 0, 0);
        var rows = new RowEnds(separator);
        var at = from;
        while (true)
        {
            var stop = rows.Find(buffer.AsSpan(scanned, end - scanned));
            if (stop >= 0)
            {
                var length = scanned + stop + 1 - start;
                var line = LineOf(buffer.AsMemory(start, length), at);
                (at, start, scanned) = (line.Next, start + length, start + length);
                yield return line;
                continue;
            }
            scanned = end;
            if (end - start > MostBytes)
                throw new FileBrokenException(
                    at.Line,
                    $"a line of more than {MostBytes} bytes begins here; look for a quote that is not closed"
                );
            (buffer, start, end, scanned) = WithRoom(buffer, start, end, scanned);
            var read = await content.ReadAsync(buffer.AsMemory(end), cancellationToken);
            end += read;
            if (read > 0)
                continue;
            if (end > start)
                yield return LineOf(buffer.AsMemory(start, end - start), at);
            yield break;
        }
    }

    private static FileLine LineOf(ReadOnlyMemory<byte> bytes, FilePosition at)
    {
        var next = new FilePosition(at.Offset + bytes.Length, at.Line + bytes.Span.Count((byte)'\n'));
        return new FileLine(at.Line, next, bytes.TrimEnd("\r\n"u8));
    }

    private static (byte[], int, int, int) WithRoom(byte[] buffer, int start, int end, int scanned)
    {
        if (end < buffer.Length)
            return (buffer, start, end, scanned);
        var target = end - start > buffer.Length / 2 ? new byte[buffer.Length * 2] : buffer;
        Buffer.BlockCopy(buffer, start, target, 0, end - start);
        return (target, 0, end - start, scanned - start);
    }

    /// <summary>Finds the line breaks that end a row. A quote opens only where a value begins: <c>5" pipe</c> has none.</summary>
    private struct RowEnds(char? separator)
    {
        private bool inQuotes,
            inValue,
            afterQuote;

        public int Find(ReadOnlySpan<byte> bytes)
        {
            if (separator is null)
                return bytes.IndexOf((byte)'\n');
            for (var i = 0; i < bytes.Length; i++)
                if (Ends(bytes[i]))
                    return i;
            return -1;
        }

        private bool Ends(byte b)
        {
            if (inQuotes)
            {
                inQuotes = b != '"';
                afterQuote = !inQuotes;
                return false;
            }
            // A doubled quote stands for one, and the value goes on.
            if (b == '"' && (afterQuote || !inValue))
            {
                (inQuotes, inValue, afterQuote) = (true, true, false);
                return false;
            }
            afterQuote = false;
            inValue = b != separator && b != '\n';
            return b == '\n';
        }
    }
}
