using System.Diagnostics.Metrics;
using Azure;
using Polly;
using Polly.Retry;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Pricing.Commands;
using Stockgate.Platform.Pricing.Facts;
using Stockgate.Platform.Pricing.Publishing;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Writing;

/// <summary>Work with its place in its session.</summary>
public sealed record QueuedPriceWork(PriceWork Work, long Sequence);

/// <summary>
/// The single writer of prices: a batch of a bucket's work results, per price, in one decision, one transaction and one line in a channel
/// message.
/// </summary>
public sealed class PriceWriter
{
    public const string MeterName = "Stockgate.Pricing";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Published = Meter.CreateCounter<long>(
        "stockgate.pricing.published",
        description: "Prices published."
    );
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>(
        "stockgate.pricing.reaction",
        "s",
        "Time from a change to the new price at its channel."
    );

    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(5);

    private readonly StateTables tables;
    private readonly PricingPolicies policies;
    private readonly PricingFactsReader reader;
    private readonly (
        PriceAnswers Answers,
        PriceOrders Orders,
        PriceLooks Looks,
        PricePublisher Publisher,
        PriceAudit Audit,
        PriceTroubles Troubles,
        PriceCategories Categories
    ) parts;
    private readonly PriceQueue queue;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline patience;

    public PriceWriter(
        StateTables tables,
        PricingPolicies policies,
        PricingFactsReader reader,
        PriceAnswers answers,
        PriceOrders orders,
        PriceLooks looks,
        PricePublisher publisher,
        PriceAudit audit,
        PriceTroubles troubles,
        PriceCategories categories,
        PriceQueue queue,
        TimeProvider time
    )
    {
        (this.tables, this.policies, this.reader, this.queue, this.time) = (tables, policies, reader, queue, time);
        parts = (answers, orders, looks, publisher, audit, troubles, categories);
        patience = new ResiliencePipelineBuilder()
            .AddRetry(
                new RetryStrategyOptions
                {
                    // The loser of a concurrent write decides again from the stored state.
                    ShouldHandle = new PredicateBuilder()
                        .Handle<StaleRowsException>()
                        .Handle<RequestFailedException>(static failed => failed.Status is 0 or 408 or 429 or >= 500)
                        .Handle<HttpRequestException>()
                        .Handle<IOException>(),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromMilliseconds(100),
                    MaxDelay = TimeSpan.FromSeconds(10),
                    MaxRetryAttempts = 8,
                }
            )
            .Build();
    }

    /// <param name="work">
    /// Of one bucket, in order, each with its place in the queue. What several ask for about the same price is decided once.
    /// </param>
    /// <param name="cancellationToken">Cancels the work; a repetition continues.</param>
    public async Task<PriceWriterResult> WorkAsync(IReadOnlyList<QueuedPriceWork> work, CancellationToken cancellationToken) =>
        await patience.ExecuteAsync(async token => await TryAsync(work, token), cancellationToken);

    private async Task<PriceWriterResult> TryAsync(IReadOnlyList<QueuedPriceWork> work, CancellationToken cancellationToken)
    {
        var policy = await policies.CurrentAsync(cancellationToken);
        var looks =
            policy.Leash == PricingLeash.Off
                ? []
                : work.Where(static w => w.Work.Kind is PriceWorkKind.Look or PriceWorkKind.Resume).ToList();
        var rest = work.Where(static w => w.Work.Kind != PriceWorkKind.Look).ToList();
        if (looks.Count == 0 && rest.Count == 0)
            return new PriceWriterResult([], [], 0);
        // The facts for an approval or a resume are read as well.
        var whole = looks
            .Concat(rest.Where(static w => w.Work.Kind is PriceWorkKind.Publish or PriceWorkKind.Resume))
            .SelectMany(static w => w.Work.Skus)
            .ToHashSet();
        var partition = tables.PartitionOf(work[0].Work.Skus[0]);
        var situations = await reader.SituationsAsync(
            [.. looks.Concat(rest).SelectMany(static w => w.Work.Skus).Distinct()],
            whole.Contains,
            policy,
            cancellationToken
        );
        var changes = situations.Select(s => new PriceChange(s, partition, tables.Buckets)).ToList();
        var now = time.GetUtcNow();
        await ApplyAsync(changes, rest, policy, now, cancellationToken);
        var asked = Asked(changes, looks);
        var reserved = await parts.Looks.DecideAsync(asked, policy, cancellationToken);
        await WriteAsync(partition, changes, reserved, now, cancellationToken);
        var told = changes.SelectMany(static c => c.ToTell).ToList();
        foreach (
            var record in told.Where(static r =>
                r.Fate == PriceFate.Published && r.Decision.Outcome == PriceOutcome.Publish && r.Facts is not null
            )
        )
            if (asked.FirstOrDefault(a => a.Change.Key == record.Decision.Key) is { } look)
                Seconds.Record((time.GetUtcNow() - look.At).TotalSeconds);
        return new PriceWriterResult(
            [.. told.Where(static r => r.Fate == PriceFate.AwaitingApproval)],
            [.. told.Where(static r => r.Fate == PriceFate.Published)],
            asked.Count
        );
    }

    private async Task ApplyAsync(
        IReadOnlyList<PriceChange> changes,
        IReadOnlyList<QueuedPriceWork> rest,
        PricePolicy policy,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await Parallel.ForEachAsync(
            changes,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (change, token) =>
            {
                await parts.Answers.TakeAsync(change, now, token);
                foreach (var (work, _) in rest)
                    if (work.Skus.Contains(change.Key.Sku))
                        await parts.Orders.CarryOutAsync(change, work, policy, now, token);
                await parts.Answers.CompareAsync(change, now, token);
                if (change.State.Publication is { Open: true, OverdueAt: null } open && now - open.At > Overdue)
                {
                    change.State = change.State with { Publication = open with { OverdueAt = now } };
                    await parts.Troubles.OverdueAsync(change.Key, open, now, token);
                }
            }
        );
        // Before the measurement is recorded, so that a crash repeats it rather than skips it.
        var again = changes.Where(static c => c.State is { LookAgain: true, Publication.Open: false } && c.Before.Facts is null).ToList();
        if (again.Count > 0)
            await queue.LookAsync(again.Select(static c => c.Key.Sku), "channel-answered", cancellationToken);
        foreach (var change in again)
            change.State = change.State with { LookAgain = false };
    }

    // The last message for an item covers the earlier ones.
    private static List<PriceAsked> Asked(IReadOnlyList<PriceChange> changes, IReadOnlyList<QueuedPriceWork> looks)
    {
        var last = new Dictionary<Sku, QueuedPriceWork>();
        foreach (var look in looks)
        foreach (var sku in look.Work.Skus)
            last[sku] = look;
        return
        [
            .. changes
                .Where(c => last.ContainsKey(c.Key.Sku))
                .Select(c =>
                    last[c.Key.Sku] is var (work, sequence)
                        ? new PriceAsked(c, work.Kind == PriceWorkKind.Resume ? $"resumed by {work.By}" : work.Cause, work.At, sequence)
                        : null!
                ),
        ];
    }

    private async Task WriteAsync(
        string partition,
        IReadOnlyList<PriceChange> changes,
        IReadOnlyList<CategoryDay> reserved,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await PriceRows.WriteAsync(
                tables,
                partition,
                changes.Select(static c => (c, c.Actions())).Where(static c => c.Item2.Count > 0),
                cancellationToken
            );
        }
        catch (StaleRowsException)
        {
            foreach (var day in reserved.Where(static d => d.Raised + d.Lowered > 0))
                await parts.Categories.GiveBackAsync(day.Category, day.Raised, day.Lowered, cancellationToken);
            throw;
        }
        Published.Add(changes.Count(static c => c.State.Publication is { Open: true, SentAt: null }));
        var records = changes.SelectMany(static c => c.ToTell).ToList();
        var telling = Parallel.ForEachAsync(
            records,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (record, token) =>
            {
                await parts.Audit.TellAsync(record, token);
                if (record.Decision.Outcome == PriceOutcome.Stop)
                    await parts.Troubles.StoppedAsync(
                        record.Decision.Key,
                        PriceLooks.RuleOf(record.Decision)?.ToString() ?? "the rules",
                        record.Decision.Reason,
                        record.Decision.At,
                        token
                    );
            }
        );
        try
        {
            await parts.Publisher.SendAsync(partition, changes, now, cancellationToken);
        }
        catch (StaleRowsException)
        {
            // It changed between decision and sending: the sweep finds it open and queues it again.
        }
        await telling;
    }
}
