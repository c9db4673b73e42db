using System.Collections.Concurrent;
using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Pricing;
using Stockgate.Pages.Pricing;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing.Facts;
using Stockgate.Platform.Pricing.Publishing;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Runs;

/// <summary>
/// The parts of a run over all prices, each repeatable after a crash. A run decides no price: the single writer of each price evaluates the
/// run's candidates again.
/// </summary>
public sealed class PriceRun(
    PriceRuns runs,
    PriceRunFiles files,
    PricingFactsReader reader,
    PricingPolicies policies,
    PriceCategories categories,
    PriceQueue queue,
    PriceTroubles troubles,
    StateTables tables,
    ExceptionLog exceptions,
    TimeProvider time
)
{
    public const string Failure = "pricing-run-failed",
        Subject = "pricing";

    private const int BucketsAtOnce = 4;

    // What a run asks for at once; the writers take it as they can, and a stock event in between is not behind all of it.
    private const int SkusAtOnce = 200;

    /// <summary>Adds a run's row before its orchestration is started.</summary>
    /// <param name="kind">Of <see cref="PriceRuns"/>.</param>
    /// <param name="by">Who starts it.</param>
    /// <param name="draft">The policy to try out; null: the one that holds.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<RunRecord> BeginAsync(string kind, string by, ReadOnlyMemory<byte>? draft, CancellationToken cancellationToken)
    {
        // The caller has checked that no run is in progress: a row that still says so belongs to a run killed before its orchestration
        // started.
        foreach (var lost in (await runs.ListAsync(10, cancellationToken)).Where(static r => r.Status == RunStatus.Running))
            await EndAsync(
                lost,
                RunStatus.Failed,
                null,
                "It ended without a result: its process or its orchestration was stopped.",
                cancellationToken
            );
        var begun = await runs.AddAsync(kind, by, cancellationToken);
        if (draft is { } policy)
            await files.PutDraftAsync(begun.Id, policy, cancellationToken);
        return begun;
    }

    /// <summary>Decides every price, plans by category, and writes the report and the plan.</summary>
    /// <returns>Whether there is something to send; where not, the run is over.</returns>
    public async Task<bool> DecideAsync(string run, CancellationToken cancellationToken)
    {
        var record = await runs.GetAsync(run, cancellationToken);
        var (dryRun, policy) = (
            record.Id.StartsWith(PriceRuns.DryRun, StringComparison.Ordinal),
            await PolicyAsync(run, cancellationToken)
        );
        await using var progress = new RunProgress(runs, record, 0, 0.9, time);
        var decided = await DecideAsync(policy, progress, cancellationToken);
        progress.Report(("writing the report", 0.95));
        var plans = await PlanAsync(decided, policy, cancellationToken);
        var report = new PriceRunReport
        {
            Run = run,
            At = time.GetUtcNow(),
            PolicyVersion = policy.Version,
            Leash = policy.Leash,
            DryRun = dryRun,
            Stops = [.. plans.Select(static p => p.Plan.Tripped).OfType<string>()],
            Items =
            [
                .. plans.SelectMany(static p =>
                    p.Items.Zip(p.Plan.Decisions, static (item, decision) => new PricedItem(decision, item.Facts.Category, string.Empty))
                ),
            ],
        };
        await files.PutAsync(run, PriceRunFiles.Changes, text => PricingPages.RunCsv(text, report), cancellationToken);
        await files.PutAsync(run, PriceRunFiles.Page, text => PricingPages.RunHtml(text, report), cancellationToken);
        var moving = report
            .Items.Select(static i => i.Decision)
            .Where(static d => d.Outcome is PriceOutcome.Publish or PriceOutcome.Ask or PriceOutcome.Stop)
            .ToList();
        await files.PutPlanAsync(
            run,
            new PriceRunPlan(
                [
                    .. moving
                        .OrderByDescending(Gain)
                        .ThenBy(static d => d.Key.Sku.Value, StringComparer.Ordinal)
                        .Select(static d => d.Key.Sku)
                        .Distinct(),
                ],
                plans.Where(static p => p.Plan.Tripped is not null).ToDictionary(static p => p.Category, static p => p.Plan.Tripped!)
            ),
            cancellationToken
        );
        await progress.DisposeAsync();
        if (!dryRun)
            return true;
        await EndAsync(record, RunStatus.Succeeded, $"Dry run; no price was changed. {Words(report)}", null, cancellationToken);
        return false;
    }

    /// <summary>Stops categories over the limit and queues the candidates for the writers.</summary>
    public async Task SendAsync(string run, CancellationToken cancellationToken)
    {
        var (record, plan) = (await runs.GetAsync(run, cancellationToken), await files.PlanAsync(run, cancellationToken));
        // Before the first writer looks: it would let out as many as it takes to trip.
        foreach (var (category, reason) in plan.Stops)
        {
            await categories.StopAsync(category, reason, cancellationToken);
            await troubles.TrippedAsync(category, reason, time.GetUtcNow(), cancellationToken);
        }
        // After a crash it is sent again, and the evaluation finds it done.
        foreach (var part in plan.Skus.Chunk(SkusAtOnce))
            await queue.LookAsync(part, $"run {run}", cancellationToken);
        await exceptions.ResolveAsync(Failure, Subject, time.GetUtcNow(), cancellationToken);
        await EndAsync(
            record,
            RunStatus.Succeeded,
            $"{plan.Skus.Count} {(plan.Skus.Count == 1 ? "item is" : "items are")} being priced.{(plan.Stops.Count > 0 ? $" {plan.Stops.Count} {(plan.Stops.Count == 1 ? "category was" : "categories were")} stopped." : "")}",
            null,
            cancellationToken
        );
    }

    /// <summary>Ends a run that failed; prices stay as they are.</summary>
    public async Task FailAsync(string run, string reason, CancellationToken cancellationToken)
    {
        var (record, now) = (await runs.GetAsync(run, cancellationToken), time.GetUtcNow());
        await EndAsync(record, RunStatus.Failed, null, reason, cancellationToken);
        await exceptions.RaiseAsync(
            new OperationException
            {
                Type = Failure,
                Subject = Subject,
                Failure = reason,
                Owner = Role.PricingLead,
                Sla = TimeSpan.FromHours(8),
                FirstSeenAt = now,
                LastSeenAt = now,
                RecommendedAction =
                    "Fix the failure, then start a run (POST /api/v1/pricing/runs). Until a run succeeds, prices change on events only.",
            },
            cancellationToken
        );
    }

    /// <summary>The policy of a run: its draft, otherwise the one in force.</summary>
    internal async Task<PricePolicy> PolicyAsync(string run, CancellationToken cancellationToken)
    {
        if (await files.DraftAsync(run, cancellationToken) is not { } draft)
            return Tried(await policies.CurrentAsync(cancellationToken));
        return PricePolicy.Read(draft.Span) is { Policy: { } policy }
            ? Tried(policy)
            : throw new InvalidOperationException($"The draft of run {run} can't be read.");
    }

    internal Task EndAsync(RunRecord run, RunStatus status, string? result, string? error, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return runs.SaveAsync(
            run with
            {
                Status = status,
                EndedAt = now,
                UpdatedAt = now,
                Step = "ended",
                Share = status == RunStatus.Failed ? run.Share : 1,
                Result = result,
                Error = error,
            },
            cancellationToken
        );
    }

    // A dry run of a policy with the leash Off shows what it would do if it were on.
    private static PricePolicy Tried(PricePolicy policy) =>
        policy.Leash == PricingLeash.Off ? policy with { Leash = PricingLeash.Publish } : policy;

    private async Task<List<Decided>> DecideAsync(PricePolicy policy, RunProgress progress, CancellationToken cancellationToken)
    {
        var (decided, done) = (new ConcurrentBag<Decided>(), 0);
        await Parallel.ForAsync(
            0,
            tables.Buckets,
            new ParallelOptions { MaxDegreeOfParallelism = BucketsAtOnce, CancellationToken = cancellationToken },
            async (bucket, cancellation) =>
            {
                foreach (var facts in await reader.ReadBucketAsync(bucket, policy, cancellation))
                    decided.Add(new Decided(facts, PriceDecider.Decide(facts)));
                progress.Report(($"{decided.Count} prices decided", (double)Interlocked.Increment(ref done) / tables.Buckets));
            }
        );
        return
        [
            .. decided
                .OrderBy(static d => d.Facts.Category, StringComparer.Ordinal)
                .ThenBy(static d => d.Facts.Key.Sku.Value, StringComparer.Ordinal)
                .ThenBy(static d => d.Facts.Key.Channel.Value, StringComparer.Ordinal)
                .ThenBy(static d => d.Facts.Key.Region.Value, StringComparer.Ordinal),
        ];
    }

    private async Task<List<(string Category, List<Decided> Items, CategoryPlan Plan)>> PlanAsync(
        List<Decided> decided,
        PricePolicy policy,
        CancellationToken cancellationToken
    )
    {
        var plans = new List<(string, List<Decided>, CategoryPlan)>();
        foreach (var category in decided.GroupBy(static d => d.Facts.Category, StringComparer.Ordinal))
        {
            var items = category.ToList();
            var day = (await categories.TodayAsync(category.Key, cancellationToken)).Day with { Items = items.Count };
            plans.Add(
                (
                    category.Key,
                    items,
                    CategoryPlan.Of([.. items.Select(static i => i.Decision)], policy.CategoryRulesFor(category.Key), day)
                )
            );
        }
        return plans;
    }

    private static double Gain(PriceDecision decision) => decision is { Kept: { } kept, Moved: { } moved } ? moved.Margin - kept.Margin : 0;

    private static string Words(PriceRunReport report)
    {
        int Count(PriceOutcome outcome) => report.Items.Count(i => i.Decision.Outcome == outcome);
        return $"Of {report.Items.Count} prices {Count(PriceOutcome.Publish)} would be published and {Count(PriceOutcome.Ask)} go to a person; {Count(PriceOutcome.Keep)} are kept, {Count(PriceOutcome.Hold)} held, {Count(PriceOutcome.Stop)} stopped.";
    }

    private sealed record Decided(PricingFacts Facts, PriceDecision Decision);
}
