using Azure;
using Azure.Data.Tables;

namespace Stockgate.Platform.Storage;

/// <summary>
/// The rows of one bucket in one table: read once, kept while this process is the bucket's writer, written in entity-group transactions.
/// The ETag of every row is checked on every write: should another process have become the writer meanwhile, the transaction fails and
/// nothing is overwritten (<see cref="StaleRowsException"/>).
/// </summary>
public sealed class BucketRows(TableClient table, string partitionKey)
{
    /// <summary>Rows of one transaction.</summary>
    public const int TransactionRows = 100;

    // A transaction's body may have 4 MiB; texts count about once, in UTF-8, with room for markup.
    private const int TransactionCharacters = 3_000_000;

    private const int ReadsAtOnce = 16,
        BatchesKept = 2;

    // A range is worth reading while it holds few rows for each that is wanted: it is one storage transaction, but every row of it travels.
    private const int WantedForRange = 4,
        RangeRowsForWanted = 12,
        RangePage = 1000,
        LoadsWithoutRange = 100;

    private readonly Dictionary<string, CachedRow> rows = [];
    private readonly Dictionary<string, CachedRow> changed = [];
    private int batch = 1,
        loadsWithoutRange;

    public int Changed => changed.Count;

    /// <summary>Rows written since the beginning, for measurements.</summary>
    public long Written { get; private set; }

    /// <summary>Reads the rows that are not here yet, several at a time: one round trip for a batch, not one per record.</summary>
    public async Task LoadAsync(IEnumerable<string> rowKeys, CancellationToken cancellationToken)
    {
        var missing = rowKeys.Where(key => !rows.ContainsKey(key)).Distinct().ToList();
        if (missing.Count == 0)
            return;
        var read = new CachedRow[missing.Count];
        await Parallel.ForAsync(
            0,
            missing.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, cancellation) =>
            {
                var found = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, missing[i], cancellationToken: cancellation);
                read[i] = found.HasValue ? new CachedRow { Stored = found.Value, ETag = found.Value!.ETag } : new CachedRow();
            }
        );
        for (var i = 0; i < read.Length; i++)
            rows[missing[i]] = read[i];
    }

    /// <summary>
    /// Reads rows whose keys lie close together, such as those of one kind: with one query of the range between the first and the last
    /// where the range is about as large as what is wanted of it, one by one where it is not.
    /// </summary>
    public async Task LoadRangeAsync(IEnumerable<string> rowKeys, CancellationToken cancellationToken)
    {
        var missing = rowKeys.Where(key => !rows.ContainsKey(key)).Distinct().Order(StringComparer.Ordinal).ToList();
        if (missing.Count >= WantedForRange && --loadsWithoutRange < 0)
            await ReadRangeAsync(missing, cancellationToken);
        await LoadAsync(missing, cancellationToken);
    }

    // One page of the range answers for every key up to its last row, there or not.
    private async Task ReadRangeAsync(List<string> missing, CancellationToken cancellationToken)
    {
        var (first, last) = (missing[0], missing[^1]);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {first} and RowKey le {last}");
        await foreach (
            var page in table
                .QueryAsync<TableEntity>(filter, RangePage, cancellationToken: cancellationToken)
                .AsPages(pageSizeHint: RangePage)
        )
        {
            var found = page.Values.ToDictionary(static row => row.RowKey, StringComparer.Ordinal);
            var known = page.ContinuationToken is null ? last : page.Values.LastOrDefault()?.RowKey ?? string.Empty;
            var answered = missing.TakeWhile(key => string.CompareOrdinal(key, known) <= 0).ToList();
            foreach (var key in answered)
                rows[key] = found.TryGetValue(key, out var row) ? new CachedRow { Stored = row, ETag = row.ETag } : new CachedRow();
            if (found.Count > RangeRowsForWanted * answered.Count)
                loadsWithoutRange = LoadsWithoutRange;
            return;
        }
    }

    /// <summary>Reads every row between two keys, both included: one query for each range, however many keys there
    /// might be in it, and several at a time.</summary>
    public async Task LoadBetweenAsync(IReadOnlyList<(string First, string Last)> ranges, CancellationToken cancellationToken)
    {
        var read = new List<TableEntity>[ranges.Count];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0,
            ranges.Count,
            atOnce,
            async (i, cancellation) =>
            {
                var (first, last) = ranges[i];
                var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {first} and RowKey le {last}");
                await foreach (var found in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
                    (read[i] ??= []).Add(found);
            }
        );
        foreach (var found in read.SelectMany(static r => r ?? []))
            rows.TryAdd(found.RowKey, new CachedRow { Stored = found, ETag = found.ETag });
    }

    /// <returns>The documents that are loaded between two keys, both included.</returns>
    public IReadOnlyList<T> Between<T>(string first, string last, RowForm<T> form)
        where T : class =>
        [
            .. rows
                .Keys.Where(key => string.CompareOrdinal(key, first) >= 0 && string.CompareOrdinal(key, last) <= 0)
                .Select(key => Get(key, form))
                .OfType<T>(),
        ];

    /// <summary>
    /// Takes these rows for new without asking. One that is there after all fails the write, and the work is done again from what is
    /// stored.
    /// </summary>
    public void TakeForNew(IEnumerable<string> rowKeys)
    {
        foreach (var key in rowKeys)
            rows.TryAdd(key, new CachedRow());
    }

    /// <returns>The document; null if there is no such row. The row must have been loaded.</returns>
    public T? Get<T>(string rowKey, RowForm<T> form)
        where T : class
    {
        var row = Loaded(rowKey);
        if (row.Document is null && row.Stored is { } stored)
            (row.Document, row.Stored) = (form.Read(stored), null);
        return (T?)row.Document;
    }

    /// <summary>Changes the document; it is written by the next <see cref="WriteAsync"/>, with <paramref name="first"/> before those
    /// without.</summary>
    public void Set<T>(string rowKey, T document, RowForm<T> form, bool first = false)
        where T : class
    {
        var row = Loaded(rowKey);
        row.First = first;
        (row.Document, row.Stored, row.Fill) = (document, null, entity => form.Write((T)row.Document!, entity));
        changed[rowKey] = row;
    }

    /// <summary>
    /// Writes what changed, in as few transactions as hold it. What is set between two writes is in one transaction as long as it has at
    /// most 100 rows.
    /// </summary>
    /// <exception cref="StaleRowsException">A row was changed by another process; the rows here are forgotten, the work has to be done
    /// again.</exception>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var (actions, written, characters) = (new List<TableTransactionAction>(), new List<CachedRow>(), 0);
        foreach (var (key, row) in changed.OrderBy(static c => !c.Value.First))
        {
            var entity = new TableEntity(partitionKey, key);
            row.Fill!(entity);
            var size = entity.Sum(static property => SizeOf(property.Value));
            if (actions.Count == TransactionRows || characters + size > TransactionCharacters)
                await SubmitAsync();
            actions.Add(
                row.ETag is { } etag
                    // Merged, not replaced: no form ever takes a property away, and Azurite replaces a row by removing it, which costs
                    // the more the larger its table is.
                    ? new TableTransactionAction(TableTransactionActionType.UpdateMerge, entity, etag)
                    : new TableTransactionAction(TableTransactionActionType.Add, entity)
            );
            written.Add(row);
            characters += size;
        }
        if (actions.Count > 0)
            await SubmitAsync();
        changed.Clear();

        async Task SubmitAsync()
        {
            try
            {
                var responses = await table.SubmitTransactionAsync(actions, cancellationToken);
                for (var i = 0; i < written.Count; i++)
                    written[i].ETag = responses.Value[i].Headers.ETag;
                Written += written.Count;
            }
            catch (RequestFailedException failed)
            {
                // Whatever failed, what is here may differ from what is stored: the next try reads afresh.
                Forget();
                throw failed.Status is 409 or 412 or 404 ? new StaleRowsException(partitionKey, failed) : failed;
            }
            catch
            {
                Forget();
                throw;
            }
            (actions, written, characters) = ([], [], 0);
        }
    }

    /// <summary>
    /// Ends a batch: where more than <paramref name="kept"/> rows are held, those that the last few batches did not use go.
    /// </summary>
    public void EndBatch(int kept)
    {
        if (rows.Count > kept)
            foreach (var (key, row) in rows)
                if (row.UsedInBatch <= batch - BatchesKept)
                    rows.Remove(key);
        batch++;
    }

    /// <summary>Drops every row and every unwritten change.</summary>
    public void Forget()
    {
        rows.Clear();
        changed.Clear();
    }

    private static int SizeOf(object? value) =>
        value switch
        {
            string text => text.Length,
            // Base64 in the transaction's body.
            byte[] bytes => bytes.Length * 4 / 3,
            _ => 16,
        };

    private CachedRow Loaded(string rowKey)
    {
        if (!rows.TryGetValue(rowKey, out var row))
            throw new InvalidOperationException($"Row {rowKey} of bucket {partitionKey} was not loaded.");
        row.UsedInBatch = batch;
        return row;
    }

    private sealed class CachedRow
    {
        public TableEntity? Stored;
        public object? Document;
        public ETag? ETag;
        public Action<TableEntity>? Fill;
        public int UsedInBatch;
        public bool First;
    }
}

/// <summary>Another process wrote the bucket that this one had loaded. Repeating the work from fresh rows is safe.</summary>
public sealed class StaleRowsException(string bucket, Exception inner)
    : Exception($"Bucket {bucket} was changed by another writer.", inner);
