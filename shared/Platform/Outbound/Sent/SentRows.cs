using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;

namespace Stockgate.Platform.Outbound.Sent;

/// <summary>Sent messages as rows of the table <c>SentMessages</c>.</summary>
internal static class SentRows
{
    private const string Document = "Document",
        Body = "Body";

    // A property of a row has 64 KiB at most. Five hundred prices in JSON come to a tenth of that.
    private const int LargestBody = 60 * 1024;

    public static IEnumerable<string> Columns(bool withBody) => withBody ? [Document, Body] : [Document];

    public static TableEntity Of(string partition, string key, SentMessage sent, ReadOnlyMemory<byte> body)
    {
        var row = new TableEntity(partition, key) { [Document] = JsonSerializer.Serialize(sent, SentJson.Default.SentMessage) };
        if (!body.IsEmpty && Compressed(body) is { Length: <= LargestBody } compressed)
            row[Body] = compressed;
        return row;
    }

    public static SentMessage Read(TableEntity row) => JsonSerializer.Deserialize(row.GetString(Document), SentJson.Default.SentMessage)!;

    public static bool Fits(TableEntity row, SentMessage sent, SentFilter filter) =>
        (filter.Outcome is not { } outcome || sent.Outcome == outcome) && (filter.About is not { } about || IsAbout(row, about));

    public static ReadOnlyMemory<byte>? BodyOf(TableEntity row)
    {
        if (row.GetBinary(Body) is not { } compressed)
            return null;
        using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var body = new MemoryStream();
        gzip.CopyTo(body);
        return body.ToArray();
    }

    // As a whole value: of SKU 12 no message about SKU 123.
    private static bool IsAbout(TableEntity row, string about) =>
        BodyOf(row) is { } body && body.Span.IndexOf(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(about))) >= 0;

    private static byte[] Compressed(ReadOnlyMemory<byte> body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body.Span);
        return packed.ToArray();
    }
}
