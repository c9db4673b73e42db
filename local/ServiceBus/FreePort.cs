using System.Net;
using System.Net.Sockets;

namespace Stockgate.Local.ServiceBus;

/// <summary>Looks for a port on the loopback address that nobody listens on.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
