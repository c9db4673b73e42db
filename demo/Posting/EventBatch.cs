using System.Buffers;
using System.Text.Json;

namespace Stockgate.Demo.Posting;

/// <summary>Collects canonical events into the body of one request: an array, as many as fit.</summary>
public sealed class EventBatch
{
    /// <summary>Records of a request; the app takes 500 at the most.</summary>
    public const int Records = 100;

    // The app takes a body of one mebibyte.
    private const int Bytes = 900_000;

    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);

    public int Count { get; private set; }

    public bool IsFull => Count >= Records;

    /// <returns>False where the record does not fit any more: post what is here and start another.</returns>
    public bool TryAdd(ReadOnlySpan<byte> record)
    {
        if (Count > 0 && (IsFull || buffer.WrittenCount + record.Length > Bytes))
            return false;
        buffer.Write(Count == 0 ? "["u8 : ","u8);
        buffer.Write(record);
        Count++;
        return true;
    }

    public ReadOnlyMemory<byte> ToBody()
    {
        byte[] body = [.. buffer.WrittenSpan, (byte)']'];
        return body;
    }

    /// <summary>An event as JSON; its data is whatever object it is given.</summary>
    public static byte[] Event(string id, string source, string type, DateTimeOffset time, object data) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                specversion = "1.0",
                id,
                source,
                type,
                time,
                data,
            },
            JsonSerializerOptions.Web
        );
}
