using System.Buffers;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Ingest;

namespace Stockgate.Platform.Ingest;

/// <summary>A request's raw bytes in a rented buffer, at most <see cref="Limits.BodyBytes"/> of them: what was signed, byte for byte.</summary>
public sealed class RequestBody : IDisposable
{
    private const int FirstRent = 8 * 1024;

    private byte[] buffer;
    private int length;

    private RequestBody(byte[] buffer) => this.buffer = buffer;

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, length);

    /// <exception cref="ProblemException">The body is larger; no more of it is read than the limit.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Limits.BodyBytes) throw IngestProblems.TooLarge();
        var body = new RequestBody(ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? FirstRent) + 1));
        try
        {
            while (true)
            {
                var read = await request.Body.ReadAsync(body.buffer.AsMemory(body.length), cancellationToken);
                if (read == 0) return body;
                body.length += read;
                if (body.length > Limits.BodyBytes) throw IngestProblems.TooLarge();
                if (body.length == body.buffer.Length) body.Grow();
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
