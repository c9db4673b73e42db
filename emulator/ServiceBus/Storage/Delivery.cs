using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.ServiceBus.Storage;

/// <summary>A message on its way out of the broker, still in bytes; the receiver's thread decodes it.</summary>
internal readonly record struct Delivery
{
    public required byte[] Content { get; init; }

    public long SequenceNumber { get; init; }

    public long EnqueuedAt { get; init; }

    public long ExpiresAt { get; init; }

    public int Deliveries { get; init; }

    public ServiceBusMessageState State { get; init; }

    public byte[]? Changes { get; init; }

    public Guid LockToken { get; init; }

    public long LockedUntil { get; init; }
}
