using System.Runtime.CompilerServices;

namespace Microsoft.DurableTask;

/// <summary>An answer that comes in pages, fetched as they are walked. Every walk asks anew.</summary>
public abstract class AsyncPageable<T> : IAsyncEnumerable<T>
    where T : notnull
{
    /// <summary>An answer in pages.</summary>
    protected AsyncPageable()
    {
    }

    /// <summary>Page by page.</summary>
    /// <param name="continuationToken">Where to go on, as a page said it; null begins at the beginning.</param>
    /// <param name="pageSizeHint">How many values a page should have; null leaves it to the query.</param>
    public abstract IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = default);

    /// <summary>Value by value, over all pages.</summary>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in AsPages().WithCancellation(cancellationToken))
        {
            foreach (var value in page.Values) yield return value;
        }
    }

    /// <summary>Pages from a function that fetches the one after a token (null: the first).</summary>
    internal static AsyncPageable<T> Create(Func<string?, int?, CancellationToken, Task<Page<T>>> fetch) => new Fetched(fetch);

    private sealed class Fetched(Func<string?, int?, CancellationToken, Task<Page<T>>> fetch) : AsyncPageable<T>
    {
        public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = default) => Walk(continuationToken, pageSizeHint);

        private async IAsyncEnumerable<Page<T>> Walk(string? token, int? pageSize, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            do
            {
                var page = await fetch(token, pageSize, cancellation);
                yield return page;
                token = page.ContinuationToken;
            }
            while (token is not null);
        }
    }
}
