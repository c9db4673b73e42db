namespace Azure.Data.Tables;

/// <summary>What one action of a transaction does.</summary>
public enum TableTransactionActionType
{
    /// <summary>Insert; fails with <c>EntityAlreadyExists</c> when the entity is there.</summary>
    Add,

    /// <summary>Merge into an entity that must be there.</summary>
    UpdateMerge,

    /// <summary>Replace an entity that must be there.</summary>
    UpdateReplace,

    /// <summary>Delete an entity that must be there.</summary>
    Delete,

    /// <summary>Insert or merge.</summary>
    UpsertMerge,

    /// <summary>Insert or replace.</summary>
    UpsertReplace,
}
