namespace Azure.Data.Tables;

/// <summary>One action of <see cref="TableClient.SubmitTransaction"/>.</summary>
public class TableTransactionAction
{
    /// <summary>An action without a condition: an update or delete applies to whatever version is there.</summary>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity) : this(actionType, entity, default)
    {
    }

    /// <summary>An action that an update or delete makes conditional on <paramref name="etag"/>; the default means any version.</summary>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ActionType = actionType;
        Entity = entity;
        ETag = etag;
    }

    /// <summary>What the action does.</summary>
    public TableTransactionActionType ActionType { get; }

    /// <summary>The entity it does it with.</summary>
    public ITableEntity Entity { get; }

    /// <summary>The version that must be there; the default means any.</summary>
    public ETag ETag { get; }
}
