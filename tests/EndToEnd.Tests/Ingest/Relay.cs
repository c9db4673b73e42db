using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Stockgate.Local.Run;

namespace Stockgate.EndToEnd.Tests.Ingest;

/// <summary>
/// A port that passes everything on to another one, until it is cut: then its connections break and new ones are refused.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly int target;
    private readonly ConcurrentDictionary<TcpClient, bool> open = [];
    private TcpListener listener;
    private Task accepting = Task.CompletedTask;

    /// <param name="target">The port that it passes on to.</param>
    /// <param name="isCut">True to begin as one that is cut.</param>
    public Relay(int target, bool isCut = false)
    {
        (this.target, Port) = (target, Ports.Free());
        listener = new TcpListener(IPAddress.Loopback, Port);
        if (!isCut)
            Mend();
    }

    public int Port { get; }

    public async Task CutAsync()
    {
        listener.Stop();
        foreach (var client in open.Keys)
            client.Dispose();
        await accepting;
    }

    public void Mend()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        accepting = AcceptAsync(listener);
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private async Task AcceptAsync(TcpListener at)
    {
        try
        {
            while (true)
                _ = PassAsync(await at.AcceptTcpClientAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task PassAsync(TcpClient near)
    {
        using var far = new TcpClient();
        open[near] = open[far] = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone, and the other goes with it.
        }
        near.Dispose();
        open.TryRemove(near, out _);
        open.TryRemove(far, out _);
    }
}
