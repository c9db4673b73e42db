namespace Stockgate.Local.ServiceBus.Config;

/// <summary>What the entity file declares.</summary>
internal sealed record EntitySettings(string File, IReadOnlyList<QueueSettings> Queues, IReadOnlyList<TopicSettings> Topics);

/// <summary>A queue, or a subscription: it has the same properties.</summary>
internal sealed record QueueSettings(string Name)
{
    public bool DeadLetteringOnMessageExpiration { get; init; }

    public TimeSpan DefaultMessageTimeToLive { get; init; } = TimeSpan.MaxValue;

    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    public int MaxDeliveryCount { get; init; } = 10;

    public bool RequiresSession { get; init; }

    /// <summary>Null without duplicate detection.</summary>
    public TimeSpan? DuplicateHistory { get; init; }
}

/// <summary>A topic and who listens to it.</summary>
internal sealed record TopicSettings(
    string Name,
    TimeSpan DefaultMessageTimeToLive,
    TimeSpan? DuplicateHistory,
    IReadOnlyList<QueueSettings> Subscriptions
);
