namespace Azure.Messaging.ServiceBus;

/// <summary>Whether a received message stays in the queue until it is settled.</summary>
public enum ServiceBusReceiveMode
{
    /// <summary>Locked until completed, abandoned, deferred or dead-lettered.</summary>
    PeekLock,
    /// <summary>Gone from the queue as soon as it is received.</summary>
    ReceiveAndDelete
}

/// <summary>Which part of a queue or subscription to read.</summary>
public enum SubQueue
{
    /// <summary>The queue itself.</summary>
    None,
    /// <summary>Its dead letters.</summary>
    DeadLetter,
    /// <summary>Its transfer dead letters: not in the emulator.</summary>
    TransferDeadLetter
}

/// <summary>Where a message stands in its queue.</summary>
public enum ServiceBusMessageState
{
    /// <summary>Ready to be received, or locked.</summary>
    Active,
    /// <summary>Put aside; received by its sequence number only.</summary>
    Deferred,
    /// <summary>Not in the queue before its scheduled time.</summary>
    Scheduled
}

/// <summary>How a <see cref="ServiceBusReceiver"/> reads.</summary>
public class ServiceBusReceiverOptions
{
    private int _prefetchCount;

    /// <summary>Defaults: peek-lock, no prefetch, the queue itself.</summary>
    public ServiceBusReceiverOptions()
    {
    }

    /// <summary>Accepted and reported, but nothing is prefetched: the broker is in this process. Not negative.</summary>
    public int PrefetchCount
    {
        get => _prefetchCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(PrefetchCount));
            _prefetchCount = value;
        }
    }

    /// <summary>Peek-lock or receive-and-delete.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; }

    /// <summary>A name for the receiver in logs; made up when absent.</summary>
    public string? Identifier { get; set; }

    /// <summary>The queue itself or its dead letters.</summary>
    public SubQueue SubQueue { get; set; }
}
