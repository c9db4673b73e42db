using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Operations;

/// <summary>
/// Stores exceptions for people. Each has a row by fingerprint, one by subject and, while open, one by due time, all written in one
/// transaction, so that queries never scan the growing number of closed ones.
/// </summary>
public sealed class ExceptionLog(StateTables tables)
{
    /// <summary>Exceptions that are filtered at one look.</summary>
    public const int Looked = 5_000;

    private const string Partition = "exception",
        Document = "Document",
        Open = "open",
        About = "about";

    /// <summary>Opens the exception, or adds to the one that the same failure opened before.</summary>
    public async Task<OperationException> RaiseAsync(OperationException raised, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await FindAsync(raised.Fingerprint, cancellationToken);
            var added = raised.AddedTo(found?.Exception);
            // After a concurrent count of the same failure, counting continues from the stored value, so that none is lost.
            if (await TryWriteAsync(found, added, cancellationToken))
                return added;
        }
    }

    /// <summary>
    /// Closes the open exceptions of a type about a subject, because what failed works again. One that was seen after
    /// <paramref name="at"/> stays open.
    /// </summary>
    /// <returns>How many were closed.</returns>
    public async Task<int> ResolveAsync(string type, string subject, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var closed = 0;
        foreach (var about in await AboutAsync(subject, cancellationToken))
        {
            if (about.Type != type || about.Subject != subject)
                continue;
            // Counted or closed concurrently; the stored row shows which.
            for (var done = false; !done; )
            {
                var found = await FindAsync(about.Fingerprint, cancellationToken);
                if (found is not { Exception: { ResolvedAt: null } open } || open.LastSeenAt > at)
                    break;
                done = await TryWriteAsync(found, open with { ResolvedAt = at }, cancellationToken);
                if (done)
                    closed++;
            }
        }
        return closed;
    }

    /// <summary>Open exceptions, the one that is due first at the top; one page.</summary>
    /// <param name="pageSize">At most so many, up to 1,000.</param>
    /// <param name="after">Where the page begins: what the page before gave; null for the first.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="Azure.RequestFailedException">400: <paramref name="after"/> is none of ours.</exception>
    public async Task<(IReadOnlyList<OperationException> Exceptions, string? Next)> OpenAsync(
        int pageSize,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var pages = tables
            .Exceptions.QueryAsync<TableEntity>(RowKeys.Under(Partition, Open), pageSize, cancellationToken: cancellationToken)
            .AsPages(after, pageSize);
        await foreach (var page in pages)
            return ([.. page.Values.Select(Read)], page.ContinuationToken);
        return ([], null);
    }

    /// <summary>
    /// Exceptions about a subject and what belongs to it (<c>promotion x</c> and <c>promotion x: region north</c>), open and closed, by
    /// the time when they were first seen.
    /// </summary>
    public async Task<IReadOnlyList<OperationException>> AboutAsync(string subject, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(RowKeys.Under(Partition, About, ThingOf(subject)), cancellationToken);
        return
        [
            .. found
                .Where(about => about.Subject == subject || about.Subject.StartsWith(subject + ":", StringComparison.Ordinal))
                .OrderBy(static e => e.FirstSeenAt),
        ];
    }

    /// <summary>Every open exception that fits, the one that is due first at the top; at most <see cref="Looked"/> are looked at.</summary>
    /// <returns>Whether all of them were.</returns>
    public async Task<(IReadOnlyList<OperationException> Exceptions, bool Whole)> OpenAsync(
        Predicate<OperationException> fits,
        CancellationToken cancellationToken
    )
    {
        var (found, looked) = (new List<OperationException>(), 0);
        await foreach (
            var row in tables.Exceptions.QueryAsync<TableEntity>(RowKeys.Under(Partition, Open), cancellationToken: cancellationToken)
        )
        {
            if (looked++ == Looked)
                return (found, false);
            if (Read(row) is var exception && fits(exception))
                found.Add(exception);
        }
        return (found, true);
    }

    /// <summary>The exception with this id, open or closed; null if there is none.</summary>
    public async Task<OperationException?> GetAsync(string id, CancellationToken cancellationToken) =>
        (await FindAsync(id, cancellationToken))?.Exception;

    /// <summary>Changes an open exception; counted at the same moment, it is counted and changed.</summary>
    /// <returns>As it is now; null if there is none, or it is closed.</returns>
    public async Task<OperationException?> ChangeAsync(
        string id,
        Func<OperationException, OperationException> change,
        CancellationToken cancellationToken
    )
    {
        while (await FindAsync(id, cancellationToken) is { Exception: { ResolvedAt: null } open } found)
            if (change(open) is var changed && await TryWriteAsync(found, changed, cancellationToken))
                return changed;
        return null;
    }

    private async Task<StoredException?> FindAsync(string fingerprint, CancellationToken cancellationToken)
    {
        var row = await tables.Exceptions.GetEntityIfExistsAsync<TableEntity>(Partition, fingerprint, cancellationToken: cancellationToken);
        return row.HasValue ? new StoredException(Read(row.Value!), row.Value!.ETag) : null;
    }

    /// <returns>False on a concurrent write.</returns>
    private async Task<bool> TryWriteAsync(StoredException? before, OperationException after, CancellationToken cancellationToken)
    {
        var main = RowOf(after.Fingerprint, after);
        List<TableTransactionAction> changes =
        [
            before is null ? new(TableTransactionActionType.Add, main) : new(TableTransactionActionType.UpdateReplace, main, before.ETag),
            new(TableTransactionActionType.UpsertReplace, RowOf(RowKeys.Of(About, ThingOf(after.Subject), after.Fingerprint), after)),
        ];
        var (oldKey, newKey) = (
            before is { Exception.ResolvedAt: null } ? DueKey(before.Exception) : null,
            after.ResolvedAt is null ? DueKey(after) : null
        );
        if (oldKey is not null && oldKey != newKey)
            changes.Add(new(TableTransactionActionType.Delete, new TableEntity(Partition, oldKey), Azure.ETag.All));
        if (newKey is not null)
            changes.Add(new(TableTransactionActionType.UpsertReplace, RowOf(newKey, after)));
        try
        {
            await tables.Exceptions.SubmitTransactionAsync(changes, cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException lost) when (lost.Status is 409 or 412 or 404)
        {
            return false;
        }
    }

    private async Task<List<OperationException>> ReadAsync(string filter, CancellationToken cancellationToken)
    {
        var found = new List<OperationException>();
        await foreach (var row in tables.Exceptions.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            found.Add(Read(row));
        return found;
    }

    // "promotion x: region north" belongs to "promotion x".
    private static string ThingOf(string subject) => subject.Split(':', 2)[0];

    private static string DueKey(OperationException exception) =>
        RowKeys.Of(Open, exception.DueAt.UtcTicks.ToString("D19", CultureInfo.InvariantCulture), exception.Fingerprint);

    private static TableEntity RowOf(string key, OperationException exception) =>
        new(Partition, key) { [Document] = JsonSerializer.Serialize(exception, OperationsJson.Default.OperationException) };

    private static OperationException Read(TableEntity row) =>
        JsonSerializer.Deserialize(row.GetString(Document), OperationsJson.Default.OperationException)!;

    private sealed record StoredException(OperationException Exception, Azure.ETag ETag);
}
