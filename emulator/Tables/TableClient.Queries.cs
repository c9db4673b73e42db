using System.Linq.Expressions;
using Azure.Core;
using Stockgate.Emulator.Tables.Entities;
using Stockgate.Emulator.Tables.Filters;
using Stockgate.Emulator.Tables.Wire;

namespace Azure.Data.Tables;

public partial class TableClient
{
    private const string NextPartitionKey = "x-ms-continuation-NextPartitionKey", NextRowKey = "x-ms-continuation-NextRowKey";

    /// <summary>Entities that satisfy a condition, in the order of their keys; <paramref name="select"/> names the properties to fetch, and without it all come.</summary>
    /// <exception cref="NotSupportedException">The service has no such condition.</exception>
    public virtual AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = default, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => QueryAsync<T>(Filter.Of(filter), maxPerPage, select, cancellationToken);

    /// <inheritdoc cref="QueryAsync{T}(Expression{Func{T, bool}}, int?, IEnumerable{string}, CancellationToken)"/>
    public virtual Pageable<T> Query<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = default, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => Query<T>(Filter.Of(filter), maxPerPage, select, cancellationToken);

    /// <summary>Entities that satisfy an OData filter (null: all), in the order of their keys. Make it with <see cref="CreateQueryFilter(FormattableString)"/>.</summary>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = default, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => new AsyncTablePages<T>(Pages<T>(filter, select?.ToArray()), maxPerPage, cancellationToken);

    /// <inheritdoc cref="QueryAsync{T}(string, int?, IEnumerable{string}, CancellationToken)"/>
    public virtual Pageable<T> Query<T>(
        string? filter = null, int? maxPerPage = default, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => new TablePages<T>(Pages<T>(filter, select?.ToArray()), maxPerPage, cancellationToken);

    private FetchPage<T> Pages<T>(string? filter, string[]? select) where T : class, ITableEntity => async (continuation, size, async, cancellationToken) =>
    {
        using var message = account.Request(RequestMethod.Get, $"/{name}()");
        var uri = message.Request.Uri;
        if (!string.IsNullOrEmpty(filter)) uri.AppendQuery("$filter", filter);
        if (size is { } top) uri.AppendQuery("$top", $"{top}", escapeValue: false);
        Select(message, select);
        if (continuation is not null)
        {
            var keys = continuation.Split(' ');
            uri.AppendQuery("NextPartitionKey", keys[0]);
            if (keys.Length > 1 && keys[1].Length > 0) uri.AppendQuery("NextRowKey", keys[1]);
        }

        var response = await account.SendAsync(message, async, Accepts.Success, cancellationToken);
        return Page<T>.FromValues(EntityPage.ReadMany<T>(response), Continuation(response), response);
    };

    /// <summary>Both of the service's keys in one token, with a space between; it encodes them so that they contain none. The second may be absent.</summary>
    private static string? Continuation(Response response) => response.Headers.TryGetValue(NextPartitionKey, out var partition)
        ? $"{partition} {(response.Headers.TryGetValue(NextRowKey, out var row) ? row : "")}"
        : null;
}
