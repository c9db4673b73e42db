using System.Buffers;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;

namespace Stockgate.Platform.Http;

/// <summary>A request's raw bytes in a rented buffer, bounded: what was signed, byte for byte.</summary>
public sealed class RequestBody : IDisposable
{
    private const int FirstRent = 8 * 1024,
        MostFirstRent = 64 * 1024;

    // A sender that takes longer for a large body holds room that others need.
    private static readonly TimeSpan LargePatience = TimeSpan.FromSeconds(30);

    private byte[] buffer;
    private int length;

    private RequestBody(byte[] buffer) => this.buffer = buffer;

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, length);

    /// <summary>A command body of at most <see cref="Limits.BodyBytes"/>, not a delivery.</summary>
    /// <exception cref="ProblemException">The body is larger; no more of it is read than the limit.</exception>
    public static Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, null, Limits.BodyBytes, cancellationToken);

    /// <summary>A delivery of at most <see cref="Limits.DeliveryBytes"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="room">
    /// Taken where the body is larger than <see cref="Limits.BodyBytes"/>; the caller gives it back when the body is done with.
    /// </param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ProblemException">The body is larger, too slow, or there is no room for it now.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, LargeBodyRoom room, CancellationToken cancellationToken)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        slow.CancelAfter(LargePatience);
        try
        {
            return await ReadAsync(request, room, Limits.DeliveryBytes, slow.Token);
        }
        catch (OperationCanceledException) when (slow.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw BodyProblems.TooSlow(LargePatience);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }

    private static async Task<RequestBody> ReadAsync(
        HttpRequest request,
        LargeBodyRoom? room,
        int most,
        CancellationToken cancellationToken
    )
    {
        if (request.ContentLength > most)
            throw BodyProblems.TooLarge(most);
        if (request.ContentLength > Limits.BodyBytes)
            room?.Take();
        // The buffer grows with the received bytes, not by Content-Length: otherwise hundreds of slow senders could hold a gigabyte.
        var body = new RequestBody(ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? FirstRent, MostFirstRent) + 1));
        try
        {
            while (true)
            {
                var read = await request.Body.ReadAsync(body.buffer.AsMemory(body.length), cancellationToken);
                if (read == 0)
                    return body;
                body.length += read;
                if (body.length > most)
                    throw BodyProblems.TooLarge(most);
                if (body.length > Limits.BodyBytes)
                    room?.Take();
                if (body.length == body.buffer.Length)
                    body.Grow();
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
