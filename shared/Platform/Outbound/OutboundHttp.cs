using System.Net;
using System.Net.Sockets;

namespace Stockgate.Platform.Outbound;

/// <summary>A channel's host resolves to a private address, which the settings do not allow.</summary>
public sealed class PrivateAddressException()
    : Exception("is at a private address; set OutboundAllowPrivateAddresses to true if channels are on a private network");

/// <summary>
/// The one way out to channels. The address is judged when the connection is made, by the address that is then connected to: a name that
/// leads elsewhere on second thought gains nothing. No redirects, no proxy, no cookies, no credentials.
/// </summary>
public sealed class OutboundHttp : IDisposable
{
    private const int AnswerBytes = 16 * 1024;

    private readonly HttpClient client;
    private readonly bool allowPrivate;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;

    public OutboundHttp(OutboundChannels channels)
        : this(channels.AllowPrivateAddresses, Dns.GetHostAddressesAsync) { }

    internal OutboundHttp(bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (this.allowPrivate, this.resolve) = (allowPrivate, resolve);
        client = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = ConnectAsync,
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                Credentials = null,
                PreAuthenticate = false,
                AutomaticDecompression = DecompressionMethods.None,
                // A channel that moves to another address is found again within this time.
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                ConnectTimeout = TimeSpan.FromSeconds(15),
                MaxResponseHeadersLength = 16,
                MaxResponseDrainSize = AnswerBytes,
                ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends and returns as soon as the answer's headers are there.</summary>
    /// <exception cref="HttpRequestException">No answer; around a <see cref="PrivateAddressException"/> where the address is
    /// refused.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!allowPrivate && request.RequestUri?.Scheme != Uri.UriSchemeHttps)
            throw new HttpRequestException("plain http is allowed on a private network only");
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>An answer's body, at most its first 16 KiB, and whether that is all of it.</summary>
    public static Task<(ReadOnlyMemory<byte> Body, bool Whole)> ReadAsync(
        HttpResponseMessage response,
        CancellationToken cancellationToken
    ) => ReadAsync(response, AnswerBytes, cancellationToken);

    /// <summary>An answer's body, at most so many bytes of it, and whether that is all of it.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, bool Whole)> ReadAsync(
        HttpResponseMessage response,
        int most,
        CancellationToken cancellationToken
    )
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[most + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return (buffer.AsMemory(0, Math.Min(length, most)), length <= most);
    }

    public void Dispose() => client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host.Trim('[', ']'), context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        var allowed = allowPrivate ? found : [.. found.Where(PublicAddress.Includes)];
        if (allowed.Length == 0)
            throw found.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
