namespace Stockgate.Local.ServiceBus.Storage;

/// <summary>Where a message stands in its queue. The numbers are those of the wire (<c>x-opt-message-state</c>) and of the file.</summary>
internal enum MessageState
{
    /// <summary>Ready to be received, or locked.</summary>
    Active,

    /// <summary>Put aside; received by its sequence number only.</summary>
    Deferred,

    /// <summary>Not in the queue before its scheduled time.</summary>
    Scheduled,
}

/// <summary>Whether a received message stays in the queue until it is settled.</summary>
internal enum ReceiveMode
{
    PeekLock,
    ReceiveAndDelete,
}
