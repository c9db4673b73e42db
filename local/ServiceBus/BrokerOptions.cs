namespace Stockgate.Local.ServiceBus;

/// <summary>How a <see cref="BrokerServer"/> is started.</summary>
public sealed record BrokerOptions
{
    /// <summary>The port for AMQP on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The SQLite file that holds everything; made if it does not exist.</summary>
    public required string DataFile { get; init; }

    /// <summary>Declares queues and topics, in the schema of the official emulator's Config.json.</summary>
    public required string EntityFile { get; init; }

    /// <summary>The port for <c>/health</c> and <c>/entities</c> on 127.0.0.1; 0 takes a free one, null serves none.</summary>
    public int? AdminPort { get; init; }

    /// <summary>The clock for locks, schedules and lives of messages.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
