using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Json;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>A delivery read from the archive.</summary>
/// <param name="Delivery">What it was.</param>
/// <param name="Body">Its body where it stands in the same blob and was asked for; else null.</param>
public sealed record ArchiveEntry(ArchivedDelivery Delivery, ReadOnlyMemory<byte>? Body);

/// <summary>
/// The form of the archive's blobs: gzip members (RFC 1952), one for each write, so that blobs can be put together byte by byte and
/// <c>zcat</c> reads them. In them each delivery is a line of JSON and a line of its body, whose length the JSON says.
/// </summary>
internal static class ArchiveFrames
{
    private const byte End = (byte)'\n';

    private const int BufferBytes = 64 * 1024;

    /// <summary>Adds a delivery to an open gzip member.</summary>
    public static void Write(Stream member, ReadOnlySpan<byte> line, ReadOnlySpan<byte> body)
    {
        member.Write(line);
        member.WriteByte(End);
        member.Write(body);
        member.WriteByte(End);
    }

    public static byte[] LineOf(ArchivedDelivery delivery) =>
        JsonSerializer.SerializeToUtf8Bytes(delivery, ArchiveJson.Default.ArchivedDelivery);

    /// <summary>Reads the deliveries of a blob in their order.</summary>
    public static async IAsyncEnumerable<ArchiveEntry> ReadAsync(
        Stream blob,
        bool bodies,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var open = new GZipStream(blob, CompressionMode.Decompress);
        var reader = PipeReader.Create(open, new StreamPipeReaderOptions(bufferSize: BufferBytes));
        while (await LineAsync(reader, cancellationToken) is { } delivery)
        {
            var inside = delivery.BodyBlob is null ? delivery.Bytes : 0;
            var body = await BytesAsync(reader, inside, bodies, cancellationToken);
            await BytesAsync(reader, 1, keep: false, cancellationToken);
            // Not a conditional: its null would be an empty memory.
            ReadOnlyMemory<byte>? read = null;
            if (bodies && delivery.BodyBlob is null)
                read = body;
            yield return new ArchiveEntry(delivery, read);
        }
        await reader.CompleteAsync();
    }

    private static async ValueTask<ArchivedDelivery?> LineAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf(End) is { } end)
            {
                var json = new Utf8JsonReader(read.Buffer.Slice(0, end));
                var delivery = JsonSerializer.Deserialize(ref json, ArchiveJson.Default.ArchivedDelivery);
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return delivery;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> BytesAsync(
        PipeReader reader,
        int count,
        bool keep,
        CancellationToken cancellationToken
    )
    {
        var kept = keep ? new byte[count] : [];
        for (var at = 0; at < count; )
        {
            var read = await reader.ReadAsync(cancellationToken);
            var part = read.Buffer.Slice(0, Math.Min(count - at, read.Buffer.Length));
            if (keep)
                part.CopyTo(kept.AsSpan(at));
            at += (int)part.Length;
            reader.AdvanceTo(part.End);
            if (read.IsCompleted && part.Length == 0 && at < count)
                throw new InvalidDataException("A blob of the archive ends in the middle of a delivery.");
        }
        return kept;
    }
}
