using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Sasl;
using Stockgate.Local.ServiceBus.Engine;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>Listens for clients on the loopback address.</summary>
internal sealed class AmqpFront : IDisposable
{
    private const int Attempts = 20;

    private readonly AmqpConnectionListener _listener;

    private AmqpFront(AmqpConnectionListener listener, int port)
    {
        _listener = listener;
        Port = port;
    }

    public int Port { get; }

    /// <param name="port">0 for any free one.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static AmqpFront Listen(Broker broker, int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port == 0 ? FreePort.Find() : port;
            var listener = new AmqpConnectionListener(
                [$"amqp://127.0.0.1:{chosen}"],
                Settings(broker),
                new AmqpConnectionSettings { ContainerId = $"stockgate-{Environment.ProcessId}" }
            );
            try
            {
                listener.Open();
                return new AmqpFront(listener, chosen);
            }
            catch (SocketException) when (port == 0 && attempt < Attempts)
            {
                // Another process took the port between the check and the call.
            }
        }
    }

    public void Dispose() => _listener.Close();

    private static AmqpSettings Settings(Broker broker)
    {
        var sasl = new SaslTransportProvider();
        sasl.Versions.Add(new AmqpVersion(1, 0, 0));
        sasl.AddHandler(new SaslAnonymousHandler("MSSBCBS"));
        var settings = new AmqpSettings { RuntimeProvider = new LinkFactory(broker), AllowAnonymousConnection = true };
        settings.TransportProviders.Add(sasl);
        return settings;
    }
}
