using System.Net;
using System.Net.Sockets;
using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Run;

/// <summary>Ports of 127.0.0.1.</summary>
public static class Ports
{
    /// <summary>A port that is currently free.</summary>
    public static int Free() => FreePort.Find();

    /// <exception cref="LocalSetupException">The port is in use.</exception>
    public static void RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException taken)
        {
            throw new LocalSetupException(
                $"Port {port} is in use: stop the process that listens on it, or choose another with --port.",
                taken
            );
        }
    }
}
