using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Facts;

/// <summary>A category today.</summary>
/// <param name="Day">The changes of the day; its <see cref="CategoryDay.Items"/> are 0 until the first price of the day moves.</param>
/// <param name="Stopped">Why it is stopped until a person resumes it; null if it is not.</param>
public sealed record CategoryState(CategoryDay Day, string? Stopped);

/// <summary>
/// The number of price changes per category and day, and the stopped categories. Several writers share a category, so changes are reserved
/// here before publication.
/// </summary>
public sealed class PriceCategories(StateTables tables, TimeProvider time) : IDisposable
{
    private const string StoppedRow = "stopped";

    private static readonly TimeSpan CountedEvery = TimeSpan.FromHours(1);

    private readonly Refreshed<IReadOnlyDictionary<string, int>> sizes = new(CountedEvery, time);

    public async Task<CategoryState> TodayAsync(string category, CancellationToken cancellationToken)
    {
        var (day, stopped) = await ReadAsync(category, cancellationToken);
        return new CategoryState(DayOf(category, day), stopped?.GetString("Reason"));
    }

    /// <summary>Reserves the changes that a plan allows, or stops the category. Concurrent reservations are serialized.</summary>
    /// <param name="decisions">Of one category.</param>
    /// <param name="policy">Whose rules hold.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<CategoryPlan> ReserveAsync(
        string category,
        IReadOnlyList<PriceDecision> decisions,
        PricePolicy policy,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var (row, stopped) = await ReadAsync(category, cancellationToken);
            var day = DayOf(category, row);
            if (day.Items == 0)
                day = day with
                {
                    Items = Math.Max(1, (await SizesAsync(cancellationToken)).GetValueOrDefault(category) * policy.Markets.Count),
                };
            // Stopped between the reading of the facts and now: held as if it had been known.
            var plan = stopped is null
                ? CategoryPlan.Of(decisions, policy.CategoryRulesFor(category), day)
                : new CategoryPlan(
                    [.. decisions.Select(d => d.Moves ? Held(d, PriceRule.CircuitBreaker, stopped.GetString("Reason")) : d)],
                    day,
                    null
                );
            if (plan.After == day && plan.Tripped is null)
                return plan;
            List<TableTransactionAction> actions = [Put(RowOf(plan.After), row)];
            if (plan.Tripped is { } reason)
                actions.Add(
                    new(
                        TableTransactionActionType.Add,
                        new TableEntity(PartitionOf(category), StoppedRow) { ["Reason"] = reason, ["At"] = time.GetUtcNow() }
                    )
                );
            if (await WonAsync(actions, cancellationToken))
                return plan;
        }
    }

    /// <summary>Stops a category, whatever moved today: a run over all of it has seen that too much would.</summary>
    /// <returns>False if it was stopped already.</returns>
    public async Task<bool> StopAsync(string category, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await tables.PriceCategories.AddEntityAsync(
                new TableEntity(PartitionOf(category), StoppedRow) { ["Reason"] = reason, ["At"] = time.GetUtcNow() },
                cancellationToken
            );
            return true;
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Releases reservations of changes that were not published.</summary>
    public async Task GiveBackAsync(string category, int raised, int lowered, CancellationToken cancellationToken)
    {
        while (true)
        {
            if ((await ReadAsync(category, cancellationToken)).Day is not { } row)
                return;
            var day = DayOf(category, row);
            if (
                await WonAsync(
                    [Put(RowOf(day with { Raised = Math.Max(0, day.Raised - raised), Lowered = Math.Max(0, day.Lowered - lowered) }), row)],
                    cancellationToken
                )
            )
                return;
        }
    }

    /// <summary>Resumes a stopped category and resets the day's count.</summary>
    /// <returns>Why it was stopped.</returns>
    /// <exception cref="ProblemException">It is not stopped.</exception>
    public async Task<string> ResumeAsync(string category, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (row, stopped) = await ReadAsync(category, cancellationToken);
            if (stopped is null)
                throw new ProblemException(
                    StatusCodes.Status409Conflict,
                    "category-not-stopped",
                    "Nothing to resume",
                    $"Prices of category '{category}' are not stopped.",
                    "category"
                );
            List<TableTransactionAction> actions =
            [
                new(TableTransactionActionType.Delete, new TableEntity(PartitionOf(category), StoppedRow), stopped.ETag),
            ];
            if (row is not null)
                actions.Add(Put(RowOf(DayOf(category, row) with { Raised = 0, Lowered = 0 }), row));
            if (await WonAsync(actions, cancellationToken))
                return stopped.GetString("Reason");
        }
    }

    /// <summary>Subject of the exception about a stopped category.</summary>
    public static string SubjectOf(string category) => category.Length > 0 ? $"category {category}" : "items without a category";

    internal static PriceDecision Held(PriceDecision decision, PriceRule rule, string reason) =>
        decision with
        {
            Outcome = PriceOutcome.Hold,
            To = decision.From,
            CompareAt = null,
            Reason = reason,
            Verdicts = [.. decision.Verdicts.Where(v => v.Rule != rule), new PriceVerdict(rule, false, reason)],
        };

    public void Dispose() => sizes.Dispose();

    private Task<IReadOnlyDictionary<string, int>> SizesAsync(CancellationToken cancellationToken) =>
        sizes.GetAsync(
            async token =>
            {
                var counted = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
                await Parallel.ForAsync(
                    0,
                    tables.Buckets,
                    token,
                    async (bucket, cancellation) =>
                    {
                        await foreach (
                            var row in tables.Catalog.QueryAsync<TableEntity>(
                                RowKeys.Under(new Bucket(bucket).Key, "product"),
                                cancellationToken: cancellation
                            )
                        )
                            if (CatalogForms.Product.Read(row).Said is { Active: true } product)
                                counted.AddOrUpdate(product.Category ?? string.Empty, 1, static (_, n) => n + 1);
                    }
                );
                return counted;
            },
            cancellationToken
        );

    private async Task<(TableEntity? Day, TableEntity? Stopped)> ReadAsync(string category, CancellationToken cancellationToken)
    {
        var (partition, today) = (PartitionOf(category), DayRow(Today));
        var rows = await Task.WhenAll(
            new[] { today, StoppedRow }.Select(key =>
                tables.PriceCategories.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken)
            )
        );
        return (rows[0].HasValue ? rows[0].Value : null, rows[1].HasValue ? rows[1].Value : null);
    }

    private async Task<bool> WonAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await tables.PriceCategories.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            // Another writer was first: count on from theirs.
            return false;
        }
    }

    private CategoryDay DayOf(string category, TableEntity? row) =>
        new(category, Today, row?.GetInt32("Items") ?? 0, row?.GetInt32("Raised") ?? 0, row?.GetInt32("Lowered") ?? 0);

    private static TableEntity RowOf(CategoryDay day) =>
        new(PartitionOf(day.Category), DayRow(day.Day))
        {
            ["Items"] = day.Items,
            ["Raised"] = day.Raised,
            ["Lowered"] = day.Lowered,
        };

    private static TableTransactionAction Put(TableEntity row, TableEntity? before) =>
        before is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateMerge, row, before.ETag);

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static string PartitionOf(string category) => RowKeys.Of("category", category);

    private static string DayRow(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
