using System.Runtime.CompilerServices;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Transaction;
using Microsoft.Azure.Amqp.Transport;
using Stockgate.Local.ServiceBus.Content;
using Stockgate.Local.ServiceBus.Engine;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>Makes and opens the links that clients ask for.</summary>
internal sealed class LinkFactory(Broker broker) : IRuntimeProvider
{
    private static readonly AmqpSymbol LockedUntil = "com.microsoft:locked-until-utc";

    private readonly ConditionalWeakTable<AmqpConnection, ConnectionLinks> _connections = [];

    public AmqpConnection CreateConnection(
        TransportBase transport,
        ProtocolHeader protocolHeader,
        bool isInitiator,
        AmqpSettings amqpSettings,
        AmqpConnectionSettings connectionSettings
    ) => new(transport, protocolHeader, isInitiator, amqpSettings, connectionSettings);

    public AmqpSession CreateSession(AmqpConnection connection, AmqpSessionSettings settings) => new(connection, settings, this);

    public AmqpLink CreateLink(AmqpSession session, AmqpLinkSettings settings)
    {
        // A client that closes a link may have frames for it in progress.
        session.Settings.IgnoreMissingLinks = true;
        if (settings.Role is true)
        {
            settings.MaxMessageSize = BrokerMessage.MaxSizeInBytes;
            return new ReceivingAmqpLink(session, settings);
        }
        var address = EntityAddress.Parse((settings.Source as Source)?.Address);
        if (address.Kind == NodeKind.Entity)
            return new DeliveryLink(broker, session, settings);
        settings.SettleType = SettleMode.SettleOnSend;
        return new SendingAmqpLink(session, settings);
    }

    public IAsyncResult BeginOpenLink(AmqpLink link, TimeSpan timeout, AsyncCallback callback, object state)
    {
        var opened = new TaskCompletionSource(state);
        _ = Open();
        return opened.Task;

        async Task Open()
        {
            try
            {
                await this.Open(link);
                opened.SetResult();
            }
            catch (Exception e)
            {
                opened.SetException(Errors.Thrown(e));
            }
            callback(opened.Task);
        }
    }

    public void EndOpenLink(IAsyncResult result) => ((Task)result).GetAwaiter().GetResult();

    private Task Open(AmqpLink link)
    {
        var connection = _connections.GetValue(link.Session.Connection, static _ => new ConnectionLinks());
        switch (link)
        {
            case DeliveryLink delivery:
                return Open(delivery, connection);
            case SendingAmqpLink replies:
                connection.Requests.AddReplies(replies);
                break;
            case ReceivingAmqpLink { Settings.Target: Target target } intake:
                Open(intake, EntityAddress.Parse(target.Address), connection);
                break;
            case { Settings.Target: Coordinator }:
                throw new NotImplementedException("The local Service Bus has no transactions.");
            default:
                throw new InvalidOperationException("The link has no address.");
        }
        return Task.CompletedTask;
    }

    private void Open(ReceivingAmqpLink link, EntityAddress address, ConnectionLinks connection)
    {
        switch (address.Kind)
        {
            case NodeKind.Cbs:
                connection.Requests.AddRequests(link, Cbs.Accept, Cbs.Failed);
                break;
            case NodeKind.Management:
                connection.Requests.AddRequests(link, new Management(broker, address.Entity).Answer, ManagementRequest.Failed);
                break;
            default:
                IntakeLink.Serve(broker, address.Entity, link);
                break;
        }
    }

    private async Task Open(DeliveryLink link, ConnectionLinks connection)
    {
        var source = (Source)link.Settings.Source;
        var queue = broker.Catalog.Queue(EntityAddress.Parse(source.Address).Entity);
        link.Settings.MaxMessageSize = BrokerMessage.MaxSizeInBytes;
        if (!SessionAccept.IsAskedFor(source))
        {
            if (queue.HasSessions)
                throw new InvalidOperationException(
                    $"It is not possible for an entity that requires sessions to create a non-sessionful "
                        + $"message receiver. '{queue.Path}' requires sessions."
                );
            link.Bind(queue.Whole, null);
            return;
        }
        if (!queue.HasSessions)
            throw new InvalidOperationException(
                $"A sessionful message receiver cannot be created on an entity that does not require sessions. '{queue.Path}' has none."
            );
        var held = await SessionAccept.Run(broker, queue, link, source);
        link.Bind(held.Lane, held);
        connection.Names.Add(link);
        link.Settings.Properties ??= new Fields();
        link.Settings.Properties[LockedUntil] = held.Until;
    }

    private sealed class ConnectionLinks
    {
        public ConnectionLinks() => Requests = new RequestLinks(Names);

        public LinkNames Names { get; } = new();

        public RequestLinks Requests { get; }
    }
}
