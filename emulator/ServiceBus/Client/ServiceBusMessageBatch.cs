using Stockgate.Emulator.ServiceBus.Storage;

namespace Azure.Messaging.ServiceBus;

/// <summary>Messages that are sent together, all or none, up to a size limit.</summary>
public sealed class ServiceBusMessageBatch : IDisposable
{
    private readonly List<OutgoingMessage> _messages = [];
    private readonly IList<ServiceBusMessage>? _store;
    private readonly Func<ServiceBusMessage, bool>? _tryAdd;
    private long _size;
    private bool _disposed;

    internal ServiceBusMessageBatch(long maxSizeInBytes) => MaxSizeInBytes = maxSizeInBytes;

    internal ServiceBusMessageBatch(long size, IList<ServiceBusMessage> store, long? maxSizeInBytes, Func<ServiceBusMessage, bool>? tryAdd)
    {
        MaxSizeInBytes = maxSizeInBytes ?? OutgoingMessage.MaxSizeInBytes;
        _size = size;
        _store = store;
        _tryAdd = tryAdd ?? (_ => true);
    }

    /// <summary>The limit.</summary>
    public long MaxSizeInBytes { get; }

    /// <summary>What the messages in the batch take.</summary>
    public long SizeInBytes => _size;

    /// <summary>How many messages are in the batch.</summary>
    public int Count => _store?.Count ?? _messages.Count;

    internal IReadOnlyList<OutgoingMessage> Messages => _store is null ? _messages : [.. _store.Select(OutgoingMessage.From)];

    /// <summary>Adds the message as it is now, unless the batch would pass its limit; then it answers false.</summary>
    public bool TryAddMessage(ServiceBusMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_store is not null)
        {
            if (!_tryAdd!(message)) return false;
            _store.Add(message);
            return true;
        }
        var outgoing = OutgoingMessage.From(message);
        if (_size + outgoing.Size > MaxSizeInBytes) return false;
        _messages.Add(outgoing);
        _size += outgoing.Size;
        return true;
    }

    /// <summary>Empties the batch.</summary>
    public void Dispose()
    {
        _disposed = true;
        _messages.Clear();
        _size = 0;
    }
}
