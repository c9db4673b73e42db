using System.Text;
using System.Text.Json;
using Stockgate.Domain.Ingest.Files;

namespace Stockgate.Domain.Tests.Ingest.Files;

/// <summary>Files of a few lines, read as a channel's are.</summary>
internal static class Lines
{
    public static readonly FileForm Csv = new() { Kind = FileKind.Csv };

    public static readonly FileForm JsonLines = new() { Kind = FileKind.JsonLines };

    public static readonly FileStamp Stamp = new("stock.csv", "abc123", new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero));

    public static Task<List<FileRecord>> ReadAsync(string text, FileForm? form = null) =>
        ReadAsync(Encoding.UTF8.GetBytes(text), form ?? Csv, FilePosition.Start);

    public static async Task<List<FileRecord>> ReadAsync(byte[] file, FileForm form, FilePosition from)
    {
        using var whole = new Dribble(file);
        var columns = await FileReader.ColumnsAsync(whole, form, CancellationToken.None);
        using var rest = new Dribble(file[(int)from.Offset..]);
        var records = new List<FileRecord>();
        await foreach (var record in FileReader.ReadAsync(rest, form, Stamp, columns, from, CancellationToken.None))
            records.Add(record);
        return records;
    }

    /// <summary>The members of a record that are of the file itself.</summary>
    public static Dictionary<string, string> ValuesOf(FileRecord record) =>
        JsonSerializer
            .Deserialize<Dictionary<string, string>>(record.Content.Span)!
            .Where(static m => !m.Key.StartsWith('_'))
            .ToDictionary(static m => m.Key, static m => m.Value);

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class Dribble(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 7)], cancellationToken);
    }
}
