namespace Microsoft.DurableTask;

/// <summary>A part of an answer that comes in several.</summary>
/// <param name="values">What is on the page; it may be empty although more pages follow.</param>
/// <param name="continuationToken">What to ask for the next page with; null when this is the last.</param>
public sealed class Page<T>(IReadOnlyList<T> values, string? continuationToken = null)
    where T : notnull
{
    /// <summary>What is on the page; it may be empty although more pages follow.</summary>
    public IReadOnlyList<T> Values { get; } = values ?? throw new ArgumentNullException(nameof(values));

    /// <summary>What to ask for the next page with; null when this is the last.</summary>
    public string? ContinuationToken { get; } = continuationToken;
}
