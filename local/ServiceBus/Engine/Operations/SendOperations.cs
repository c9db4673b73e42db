using Stockgate.Local.ServiceBus.Content;
using Stockgate.Local.ServiceBus.Sqlite;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Messages in, all or none; answers their sequence numbers.</summary>
internal sealed class SendOperation(Address address, IReadOnlyList<BrokerMessage> messages) : Operation<Broker, long[]>
{
    // Hashed on the sender's thread.
    private readonly UInt128[]? _idHashes = address.History is null ? null : [.. messages.Select(message => message.IdHash())];

    public override void Execute(Broker broker)
    {
        foreach (var message in messages)
            Intake.Check(address, message);
        var sequences = new long[messages.Count];
        for (var i = 0; i < sequences.Length; i++)
            sequences[i] = broker.Intake.Accept(address, messages[i], _idHashes?[i] ?? default);
        Succeed(broker, sequences);
    }
}

/// <summary>Cancels scheduled messages, all or none.</summary>
internal sealed class CancelScheduledOperation(Address address, long[] sequences) : Operation<Broker, bool>
{
    public override void Execute(Broker broker)
    {
        foreach (var sequence in sequences)
            if (broker.Waiting.Find(address.Place, MessageState.Scheduled, [], sequence) is null)
                throw Intake.NotScheduled(address, sequence);
        foreach (var sequence in sequences.Distinct())
            broker.Intake.Cancel(address, sequence);
        Succeed(broker, true);
    }
}
