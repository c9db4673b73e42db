using Azure;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>Fetches one page: from this continuation token (null: the first), of at most this many (null: the service's 1,000), synchronously or not.</summary>
internal delegate ValueTask<Page<T>> FetchPage<T>(string? continuation, int? size, bool async, CancellationToken cancellationToken);

/// <summary>The pages of a query; each is fetched when it is asked for.</summary>
internal sealed class AsyncTablePages<T>(FetchPage<T> fetch, int? maxPerPage, CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken) where T : notnull
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = await fetch(continuationToken, pageSizeHint ?? maxPerPage, async: true, CancellationToken);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }

    public override async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        // WithCancellation gives a token of its own, beside that of the query.
        using var both = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken, cancellationToken);
        string? continuationToken = null;
        do
        {
            var page = await fetch(continuationToken, maxPerPage, async: true, both.Token);
            foreach (var item in page.Values) yield return item;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}

/// <inheritdoc cref="AsyncTablePages{T}"/>
internal sealed class TablePages<T>(FetchPage<T> fetch, int? maxPerPage, CancellationToken cancellationToken) : Pageable<T>(cancellationToken) where T : notnull
{
    public override IEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = Wire.Completed.Get(fetch(continuationToken, pageSizeHint ?? maxPerPage, async: false, CancellationToken));
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}
