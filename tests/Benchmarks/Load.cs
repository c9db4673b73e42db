using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Stockgate.Benchmarks;

/// <summary>Requests a second and their latencies in milliseconds.</summary>
internal sealed record LoadResult(double RequestsPerSecond, double P50, double P95, double P99);

/// <summary>Posts as fast as a number of connections allow, for a while.</summary>
internal sealed class Load(int connections) : IDisposable
{
    private readonly HttpMessageInvoker http = new(
        new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            UseCookies = false,
            AllowAutoRedirect = false,
        }
    );

    /// <param name="request">Makes the request of that number: its address, body and headers.</param>
    public async Task<LoadResult> RunAsync(TimeSpan duration, Func<long, HttpRequestMessage> request)
    {
        var latencies = new List<double>[connections];
        var (number, started) = (0L, Stopwatch.GetTimestamp());
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(connection =>
                    Task.Run(async () =>
                    {
                        var own = latencies[connection] = new List<double>(65_536);
                        while (Stopwatch.GetElapsedTime(started) < duration)
                        {
                            using var message = request(Interlocked.Increment(ref number));
                            var sent = Stopwatch.GetTimestamp();
                            using var response = await http.SendAsync(message, CancellationToken.None);
                            await response.Content.CopyToAsync(Stream.Null);
                            own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                            if (!response.IsSuccessStatusCode)
                                throw new InvalidOperationException($"Request {number} was answered {(int)response.StatusCode}.");
                        }
                    })
                )
        );
        var elapsed = Stopwatch.GetElapsedTime(started);
        var all = latencies.SelectMany(static l => l).Order().ToArray();
        double At(double quantile) => all[Math.Min(all.Length - 1, (int)(all.Length * quantile))];
        return new LoadResult(all.Length / elapsed.TotalSeconds, At(0.50), At(0.95), At(0.99));
    }

    public static HttpRequestMessage Post(Uri address, ReadOnlyMemory<byte> body)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return message;
    }

    public void Dispose() => http.Dispose();
}
