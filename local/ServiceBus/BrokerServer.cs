using Stockgate.Local.ServiceBus.Admin;
using Stockgate.Local.ServiceBus.Amqp;
using Stockgate.Local.ServiceBus.Config;
using Stockgate.Local.ServiceBus.Engine;

namespace Stockgate.Local.ServiceBus;

/// <summary>A Service Bus namespace on this machine: what the clients of Azure Service Bus talk to over AMQP 1.0.</summary>
public sealed class BrokerServer : IAsyncDisposable
{
    private readonly Broker _broker;
    private readonly AmqpFront _front;
    private readonly AdminEndpoint? _admin;
    private int _disposed;

    private BrokerServer(Broker broker, AmqpFront front, AdminEndpoint? admin, int queues)
    {
        _broker = broker;
        _front = front;
        _admin = admin;
        QueueCount = queues;
    }

    /// <summary>The port it listens on.</summary>
    public int Port => _front.Port;

    /// <summary>The port of the admin endpoint; null without one.</summary>
    public int? AdminPort => _admin?.Port;

    /// <summary>Queues and subscriptions declared.</summary>
    public int QueueCount { get; }

    /// <summary>What a client is made with.</summary>
    public string ConnectionString =>
        $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName=RootManageSharedAccessKey;"
        + "SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;";

    /// <summary>Ends when the broker can take nothing more: after disposal, or when its file failed.</summary>
    public Task Ended => _broker.Writer.Ended;

    /// <summary>Why it ended; null unless its file failed.</summary>
    public Exception? Fault => _broker.Writer.Fault;

    /// <summary>Opens the file and listens.</summary>
    /// <exception cref="InvalidOperationException">The entity file is wrong, or the data file is of another version.</exception>
    /// <exception cref="IOException">The data file is held by another process.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    public static async Task<BrokerServer> StartAsync(BrokerOptions options)
    {
        var settings = EntityFile.Read(Path.GetFullPath(options.EntityFile));
        var broker = new Broker(Path.GetFullPath(options.DataFile), settings, options.Time);
        AmqpFront? front = null;
        try
        {
            front = AmqpFront.Listen(broker, options.Port);
            var admin = options.AdminPort is { } port ? AdminEndpoint.Listen(broker, port) : null;
            return new BrokerServer(broker, front, admin, broker.Catalog.Addresses.Sum(address => address.Queues.Count));
        }
        catch
        {
            front?.Dispose();
            await broker.Close();
            throw;
        }
    }

    /// <summary>Stops accepting messages, stores the accepted ones and releases the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _admin?.Dispose();
        _front.Dispose();
        await _broker.Close();
    }
}
