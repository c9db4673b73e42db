using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;

namespace Stockgate.Platform.Promotions.Live;

/// <summary>A request to one promotion's budget, decided in a round with concurrent ones.</summary>
internal abstract class BudgetAsk
{
    public string? ClaimId { get; init; }

    /// <summary>The digest that stands for the customer.</summary>
    public string? Customer { get; init; }

    /// <summary>
    /// Whether what is stored under the id must be known before it is decided. A claim is taken for new first: hardly any is a
    /// repetition, and one that is fails the write.
    /// </summary>
    public bool NeedsClaim { get; init; }

    /// <summary>
    /// Whether it must be decided on the budget as it is stored now, for it may be that nothing is written that would prove it.
    /// </summary>
    public bool NeedsAccount { get; init; }

    /// <returns>False if it was denied.</returns>
    public abstract bool Decide(ClaimBook book);

    public abstract void Answer();

    public abstract void Fail(Exception fault);
}

/// <param name="decide">The decision.</param>
/// <param name="accepts">Whether an answer is not a denial.</param>
internal sealed class BudgetAsk<T>(Func<ClaimBook, T> decide, Func<T, bool> accepts) : BudgetAsk
{
    private readonly TaskCompletionSource<T> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T answer = default!;

    public Task<T> Answered => answered.Task;

    public override bool Decide(ClaimBook book) => accepts(answer = decide(book));

    public override void Answer() => answered.TrySetResult(answer);

    public override void Fail(Exception fault) => answered.TrySetException(fault);
}

/// <summary>
/// One promotion's budget in this process: decides requests in rounds, each in one entity-group transaction guarded by the ETag of the
/// budget's row. A concurrent write changes that row, so a round on outdated figures fails and is decided again. A crash before the
/// transaction claims nothing; after it the claims' rows are the truth, and a repeated claim is answered from its row.
/// </summary>
internal sealed class ClaimLane(TableClient table, PromotionId promotion, Func<int, Task> waitTurn)
{
    /// <summary>Rows of a transaction, the budget's own among them.</summary>
    public const int Rows = 100;

    private const int ReadsAtOnce = 16,
        MostConflicts = 100;

    private readonly string partition = PromotionKeys.PartitionOf(promotion);

    // The budget's row as it was last seen. Rows that were read while it stood are as true as it is: no writer changes one without it.
    private BudgetAccount? account;
    private ETag? etag;
    private bool known;

    /// <summary>The waiting requests; guarded by the ledger's lock, like <see cref="Busy"/>.</summary>
    public Queue<BudgetAsk> Waiting { get; } = new();

    public bool Busy { get; set; }

    /// <summary>Whether the next round can do without reading the budget: then the lane is worth keeping.</summary>
    public bool IsOpen => account is { Open: true };

    public bool HasBudget => account is not null;

    /// <summary>Takes as many asks from the queue as one transaction is sure to hold.</summary>
    public List<BudgetAsk> Take()
    {
        var (taken, keys) = (new List<BudgetAsk>(), new HashSet<string>(StringComparer.Ordinal));
        while (Waiting.TryPeek(out var next))
        {
            if (next.ClaimId is { } id)
                keys.Add(ClaimForms.ClaimKey(id));
            if (next.Customer is { } customer)
                keys.Add(ClaimForms.CustomerKey(customer));
            // A release writes the row of the claim's customer too, whom only that claim's row names: it counts as two.
            if (next is { NeedsClaim: true, ClaimId: { } released })
                keys.Add($"customer of {released}");
            if (keys.Count >= Rows)
                break;
            taken.Add(Waiting.Dequeue());
        }
        return taken;
    }

    /// <summary>Decides a round and writes it; its asks are answered by the caller.</summary>
    /// <exception cref="RequestFailedException">
    /// Storage is unavailable. A request may or may not have been applied; repeating it returns the result.
    /// </exception>
    public async Task DecideAsync(IReadOnlyList<BudgetAsk> asks)
    {
        var needed = asks.Where(static a => a.NeedsClaim).Select(static a => a.ClaimId!).ToHashSet(StringComparer.Ordinal);
        for (var conflicts = 0; ; conflicts++)
        {
            try
            {
                await TryAsync(asks, needed);
                return;
            }
            catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412 && conflicts < MostConflicts)
            {
                // Another process changed the budget, or a claim is a repetition: nothing was written, and all that is at stake is read
                // before it is decided again.
                known = false;
                needed.UnionWith(asks.Select(static a => a.ClaimId).OfType<string>());
                await waitTurn(conflicts);
            }
            catch
            {
                known = false;
                throw;
            }
        }
    }

    private async Task TryAsync(IReadOnlyList<BudgetAsk> asks, HashSet<string> needed)
    {
        var fresh = !known || asks.Any(static a => a.NeedsAccount);
        if (fresh)
            await LoadAccountAsync();
        var (claims, tags) = (
            new Dictionary<string, StoredClaim>(StringComparer.Ordinal),
            new Dictionary<string, ETag>(StringComparer.Ordinal)
        );
        var read = new HashSet<string>(StringComparer.Ordinal);
        await LoadClaimsAsync(needed);
        while (true)
        {
            var book = new ClaimBook(account, claims, await UsesAsync());
            var denied = asks.Where(ask => !ask.Decide(book)).ToList();
            // The write proves acceptances. A denial has to be checked against fresh rows: another process may have released a claim or
            // accepted this one.
            var unsure = account is null
                ? []
                : denied.Select(static a => a.ClaimId).OfType<string>().Where(id => !read.Contains(id)).ToList();
            if (unsure.Count == 0 && (fresh || denied.Count == 0))
            {
                if (book.Changed)
                    await WriteAsync(book, tags);
                return;
            }
            if (!fresh)
                await LoadAccountAsync();
            fresh = true;
            await LoadClaimsAsync(unsure);
        }

        async Task LoadAccountAsync()
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, ClaimForms.BudgetKey);
            (account, etag) = row.HasValue ? (ClaimForms.Account.Read(row.Value!), row.Value!.ETag) : ((BudgetAccount?)null, (ETag?)null);
            known = true;
        }

        async Task LoadClaimsAsync(IReadOnlyCollection<string> ids)
        {
            foreach (var (id, row) in await ReadAsync(ids, ClaimForms.ClaimKey))
            {
                read.Add(id);
                if (row is null)
                    continue;
                claims[id] = ClaimForms.Claim.Read(row);
                tags[id] = row.ETag;
            }
        }

        async Task<Dictionary<string, int>> UsesAsync()
        {
            var customers = account?.PerCustomer is null
                ? []
                : asks.Select(static a => a.Customer)
                    .Concat(claims.Values.Select(static c => c.Ask?.Customer))
                    .OfType<string>()
                    .ToHashSet();
            return (await ReadAsync(customers, ClaimForms.CustomerKey))
                .Where(static u => u.Row is not null)
                .ToDictionary(static u => u.Id, static u => u.Row!.GetInt32(ClaimForms.Count)!.Value);
        }
    }

    private async Task WriteAsync(ClaimBook book, Dictionary<string, ETag> tags)
    {
        var row = new TableEntity(partition, ClaimForms.BudgetKey);
        ClaimForms.Account.Write(book.Account!, row);
        // Written also where only a claim's row changes: its new ETag is what tells other processes that what they read is old.
        var actions = new List<TableTransactionAction>
        {
            etag is { } seen ? new(TableTransactionActionType.UpdateMerge, row, seen) : new(TableTransactionActionType.Add, row),
        };
        foreach (var (id, claim) in book.ChangedClaims)
        {
            var stored = new TableEntity(partition, ClaimForms.ClaimKey(id));
            ClaimForms.Claim.Write(claim, stored);
            actions.Add(
                tags.TryGetValue(id, out var tag)
                    ? new(TableTransactionActionType.UpdateMerge, stored, tag)
                    : new(TableTransactionActionType.Add, stored)
            );
        }
        foreach (var (customer, uses) in book.ChangedUses)
            actions.Add(
                new(
                    TableTransactionActionType.UpsertMerge,
                    new TableEntity(partition, ClaimForms.CustomerKey(customer)) { [ClaimForms.Count] = uses }
                )
            );
        var written = await table.SubmitTransactionAsync(actions);
        (account, etag) = (book.Account, written.Value[0].Headers.ETag);
    }

    private async Task<(string Id, TableEntity? Row)[]> ReadAsync(IReadOnlyCollection<string> ids, Func<string, string> keyOf)
    {
        var read = ids.Select(static id => (Id: id, Row: (TableEntity?)null)).ToArray();
        await Parallel.ForAsync(
            0,
            read.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce },
            async (i, cancellation) =>
            {
                var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, keyOf(read[i].Id), cancellationToken: cancellation);
                if (row.HasValue)
                    read[i].Row = row.Value;
            }
        );
        return read;
    }
}
