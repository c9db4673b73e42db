namespace Azure.Data.Tables;

/// <summary>The system properties that every entity has (Table service REST API, "Understanding the Table service data model").</summary>
public interface ITableEntity
{
    /// <summary>Groups entities that can be written in one transaction. At most 1 KiB; no <c>/ \ # ?</c> and no control characters.</summary>
    string PartitionKey { get; set; }

    /// <summary>Identifies the entity inside its partition. The same limits as <see cref="PartitionKey"/>.</summary>
    string RowKey { get; set; }

    /// <summary>When the service last changed the entity. Set by the service; never sent.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version of the entity that was read. Never sent in the body; pass it as <c>ifMatch</c>.</summary>
    ETag ETag { get; set; }
}
