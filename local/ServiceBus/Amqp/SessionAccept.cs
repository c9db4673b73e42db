using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;
using Stockgate.Local.ServiceBus.Engine;
using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>Finds the session that a link asks for by its filter: a name, or null for the next one that has messages.</summary>
internal static class SessionAccept
{
    private static readonly AmqpSymbol Filter = "com.microsoft:session-filter";
    private static readonly AmqpSymbol Timeout = "com.microsoft:timeout";
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(1);

    public static bool IsAskedFor(Source source) => source.FilterSet?.Any(filter => Filter.Equals(filter.Key.Key)) is true;

    /// <summary>Waits as long as the client said; the name of the session stands in the filter afterwards.</summary>
    public static async Task<SessionLock> Run(Broker broker, BrokerQueue queue, AmqpLink link, Source source)
    {
        var operation = new AcceptOperation(queue, source.FilterSet[Filter] as string, WaitOf(link));
        // A client that gives up closes the link before it is open.
        link.Closed += (_, _) =>
        {
            operation.CancelBeforeStart();
            _ = broker
                .Writer.Run(new CancelWaitOperation<Broker>(operation.Cancel))
                .ContinueWith(static done => done.Exception, TaskContinuationOptions.OnlyOnFaulted);
        };
        var held = await broker.Writer.Run(operation);
        if (link.IsClosing())
        {
            await broker.Writer.Run(new ReleaseSessionOperation(held));
            throw new OperationCanceledException("The link was closed while it waited for a session.");
        }
        source.FilterSet[Filter] = held.Lane.SessionId;
        return held;
    }

    private static TimeSpan WaitOf(AmqpLink link) =>
        link.Settings.Properties?[Timeout] is uint milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : DefaultWait;
}
