namespace Azure.Data.Tables;

/// <summary>What happens to properties that the service has and the sent entity has not.</summary>
public enum TableUpdateMode
{
    /// <summary>They stay.</summary>
    Merge,

    /// <summary>They are removed.</summary>
    Replace,
}
