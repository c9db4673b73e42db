using Azure.Messaging.ServiceBus;
using Stockgate.Emulator.ServiceBus.Storage;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.ServiceBus.Engine;

/// <summary>One message in; answers its sequence number.</summary>
internal sealed class SendOperation(Address address, OutgoingMessage message) : Operation<Broker, long>
{
    // Hashed on the sender's thread.
    private readonly UInt128 _idHash = address.History is null ? default : message.IdHash();

    public override void Execute(Broker broker)
    {
        Intake.Check(address, message);
        Succeed(broker, broker.Intake.Accept(address, message, _idHash));
    }
}

/// <summary>Several messages in, all or none; answers their sequence numbers.</summary>
internal sealed class SendBatchOperation(Address address, IReadOnlyList<OutgoingMessage> messages) : Operation<Broker, IReadOnlyList<long>>
{
    private readonly UInt128[]? _idHashes = address.History is null ? null : [.. messages.Select(message => message.IdHash())];

    public override void Execute(Broker broker)
    {
        foreach (var message in messages) Intake.Check(address, message);
        var sequences = new long[messages.Count];
        for (var i = 0; i < sequences.Length; i++) sequences[i] = broker.Intake.Accept(address, messages[i], _idHashes?[i] ?? default);
        Succeed(broker, sequences);
    }
}

/// <summary>Takes scheduled messages back, all or none.</summary>
internal sealed class CancelScheduledOperation(Address address, long[] sequences) : Operation<Broker, bool>
{
    public override void Execute(Broker broker)
    {
        foreach (var sequence in sequences)
            if (broker.Waiting.Find(address.Place, ServiceBusMessageState.Scheduled, [], sequence) is null)
                throw Intake.NotScheduled(address, sequence);
        foreach (var sequence in sequences.Distinct()) broker.Intake.Cancel(address, sequence);
        Succeed(broker, true);
    }
}
