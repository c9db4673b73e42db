using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stockgate.Demo.Local;
using Stockgate.Domain;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Local.Run;
using Stockgate.Platform.Outbound;

namespace Stockgate.Functions.Tests.Outbound;

/// <summary>A request as a channel saw it.</summary>
internal sealed record Seen(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A server on a free port of 127.0.0.1 that answers as it is told and keeps what it was sent.</summary>
internal sealed class StubChannel : IAsyncDisposable
{
    public const string Secret = "whsec_U1VQRVJTRUNSRVRTVVBFUlNFQ1JFVFNVUEVSU0VDUkVU";

    private readonly WebApplication web;
    private readonly List<Seen> seen = [];

    private StubChannel(int port, Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        web = builder.Build();
        web.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            lock (seen)
                seen.Add(
                    new Seen(
                        http.Request.Method,
                        http.Request.Path,
                        http.Request.Headers.ToDictionary(
                            static h => h.Key,
                            static h => h.Value.ToString(),
                            StringComparer.OrdinalIgnoreCase
                        ),
                        body.ToArray()
                    )
                );
            await answer(http);
        });
        Url = new Uri($"http://127.0.0.1:{port}/in");
    }

    public Uri Url { get; }

    public IReadOnlyList<Seen> Requests
    {
        get
        {
            lock (seen)
                return [.. seen];
        }
    }

    public OutboundChannel Channel => ChannelAt(Url);

    public static Task<StubChannel> StartAsync(int status) =>
        StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });

    public static async Task<StubChannel> StartAsync(Func<HttpContext, Task> answer)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stub = new StubChannel(Ports.Free(), answer);
            try
            {
                await stub.web.StartAsync();
                return stub;
            }
            catch (IOException) when (attempt < 3)
            {
                await stub.DisposeAsync();
            }
        }
    }

    public static OutboundChannel ChannelAt(Uri url, string name = "pos", TimeSpan? timeout = null) =>
        Settings(
                ($"Outbound:{name}:Kind", "Pos"),
                ($"Outbound:{name}:Url", url.AbsoluteUri),
                ($"Outbound:{name}:Secrets:0", Secret),
                ($"Outbound:{name}:Timeout", (timeout ?? TimeSpan.FromSeconds(10)).ToString()),
                ("OutboundAllowPrivateAddresses", "true")
            )
            .Find(new SalesChannelId(name))!;

    public static OutboundChannels Settings(params (string Key, string? Value)[] settings) => App.Made<OutboundChannels>(settings);

    /// <summary>Looks again and again until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what, TimeSpan? patience = null)
    {
        for (var started = Stopwatch.GetTimestamp(); !await isSo(); await Task.Delay(20))
            if (Stopwatch.GetElapsedTime(started) > (patience ?? TimeSpan.FromSeconds(30)))
                Assert.Fail($"It is still not so that {what}.");
    }

    public static Task UntilAsync(Func<bool> isSo, string what) => UntilAsync(() => Task.FromResult(isSo()), what);

    public ValueTask DisposeAsync() => web.DisposeAsync();
}
