using Stockgate.Local.ServiceBus.Sqlite;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>How many messages a queue or subscription holds.</summary>
/// <param name="Name">The queue, or topic/Subscriptions/subscription.</param>
/// <param name="Waiting">Not settled yet: available, or locked by a receiver.</param>
/// <param name="Scheduled">To enter it later; for a subscription, those scheduled to its topic.</param>
/// <param name="DeadLettered">In its dead-letter sub-queue.</param>
internal sealed record EntityCounts(string Name, long Waiting, long Scheduled, long DeadLettered);

/// <summary>Counts the messages of every queue and subscription.</summary>
internal sealed class CountOperation : Operation<Broker, List<EntityCounts>>
{
    public override void Execute(Broker broker) =>
        Succeed(
            broker,
            [
                .. broker.Catalog.Addresses.SelectMany(address =>
                {
                    var scheduled = broker.Waiting.Count(address.Place, MessageState.Scheduled);
                    return address.Queues.Select(queue => new EntityCounts(
                        queue.Path,
                        queue.Lanes.Sum(lane => lane.Count),
                        scheduled,
                        queue.DeadLetters!.Whole.Count
                    ));
                }),
            ]
        );
}
