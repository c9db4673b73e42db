namespace Azure.Messaging.ServiceBus;

/// <summary>Options of a <see cref="ServiceBusClient"/>; transport options have no counterpart in the emulator.</summary>
public class ServiceBusClientOptions
{
    /// <summary>Defaults.</summary>
    public ServiceBusClientOptions()
    {
    }

    /// <summary>A name for the client in logs; made up when absent.</summary>
    public string? Identifier { get; set; }
}

/// <summary>Options of <see cref="ServiceBusSender.CreateMessageBatchAsync(CreateMessageBatchOptions, CancellationToken)"/>.</summary>
public class CreateMessageBatchOptions
{
    private long? _maxSizeInBytes;

    /// <summary>Defaults: the broker's limit.</summary>
    public CreateMessageBatchOptions()
    {
    }

    /// <summary>A limit below the broker's 262,144 bytes. At least 24.</summary>
    public long? MaxSizeInBytes
    {
        get => _maxSizeInBytes;
        set
        {
            if (value is { } size) ArgumentOutOfRangeException.ThrowIfLessThan(size, 24, nameof(MaxSizeInBytes));
            _maxSizeInBytes = value;
        }
    }
}
