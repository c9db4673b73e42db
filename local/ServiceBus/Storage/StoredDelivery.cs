namespace Stockgate.Local.ServiceBus.Storage;

/// <summary>A message on its way out of the broker, with its content as the sender encoded it.</summary>
internal readonly record struct StoredDelivery
{
    public required byte[] Content { get; init; }

    public long SequenceNumber { get; init; }

    public long EnqueuedAt { get; init; }

    public long ExpiresAt { get; init; }

    public int Deliveries { get; init; }

    public MessageState State { get; init; }

    /// <summary>Application properties that receivers changed, as an encoded AMQP map.</summary>
    public byte[]? Changes { get; init; }

    /// <summary>The queue it was dead-lettered from; null outside dead letters.</summary>
    public string? DeadLetterSource { get; init; }

    public Guid LockToken { get; init; }

    public long LockedUntil { get; init; }
}
