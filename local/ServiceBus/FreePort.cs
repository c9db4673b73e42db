using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Stockgate.Local.ServiceBus;

/// <summary>Finds a free port of the loopback address.</summary>
internal static class FreePort
{
    // Below the ports that systems give to outgoing connections (from 32768 on Linux, from 49152 on Windows and macOS): a port
    // that is free now must not become the near end of some connection before it is listened on.
    private const int First = 20_000,
        Beyond = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>One that this process has not been given before; other processes are unlikely to draw the same.</summary>
    /// <exception cref="SocketException">Every one that was tried is taken.</exception>
    public static int Find()
    {
        for (var tries = Beyond - First; ; tries--)
        {
            var port = RandomNumberGenerator.GetInt32(First, Beyond);
            if (tries > 0 && !Given.TryAdd(port, true))
                continue;
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException) when (tries > 0)
            {
                // Taken: the next draw.
            }
        }
    }
}
