using System.Buffers;
using Azure.Core;

namespace Stockgate.Emulator.Tables.Wire;

/// <summary>A request body that is written straight into a pooled array and sent from there, without a string or copy in between.</summary>
internal sealed class PooledContent(int capacity) : RequestContent, IBufferWriter<byte>
{
    private byte[]? buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int length, readers;

    /// <summary>What is written so far.</summary>
    public ReadOnlyMemory<byte> Written => Buffer.AsMemory(0, length);

    private byte[] Buffer => buffer ?? throw new ObjectDisposedException(nameof(PooledContent));

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return Buffer.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return Buffer.AsSpan(length);
    }

    public override bool TryComputeLength(out long length)
    {
        length = this.length;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellation)
    {
        Interlocked.Increment(ref readers);
        stream.Write(Written.Span);
        Interlocked.Decrement(ref readers);
    }

    public override async Task WriteToAsync(Stream stream, CancellationToken cancellation)
    {
        Interlocked.Increment(ref readers);
        await stream.WriteAsync(Written, cancellation);
        Interlocked.Decrement(ref readers);
    }

    public override void Dispose()
    {
        // A cancelled or early answered request may still be sending from the array; then it goes to the garbage collector, not to the next request.
        if (Interlocked.Exchange(ref buffer, null) is { } array && Volatile.Read(ref readers) == 0) ArrayPool<byte>.Shared.Return(array);
    }

    private void Ensure(int sizeHint)
    {
        var current = Buffer;
        sizeHint = Math.Max(sizeHint, 1);
        if (current.Length - length >= sizeHint) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(current.Length * 2, length + sizeHint));
        current.AsSpan(0, length).CopyTo(larger);
        buffer = larger;
        ArrayPool<byte>.Shared.Return(current);
    }
}
