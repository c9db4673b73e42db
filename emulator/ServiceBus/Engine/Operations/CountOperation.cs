using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.ServiceBus.Engine;

/// <summary>How many messages an entity holds.</summary>
/// <param name="Waiting">Not settled yet: available, or locked by a receiver.</param>
/// <param name="DeadLettered">In its dead-letter sub-queue.</param>
internal readonly record struct EntityCounts(long Waiting, long DeadLettered);

/// <summary>Counts an entity's messages, from the counters that the writer keeps anyway.</summary>
internal sealed class CountOperation(BrokerQueue queue) : Operation<Broker, EntityCounts>
{
    public override void Execute(Broker broker) =>
        Succeed(broker, new EntityCounts(queue.Lanes.Sum(static lane => lane.Count), queue.DeadLetters?.Whole.Count ?? 0));
}
