using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Stockgate.Domain.Access;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Advice;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Forecasting.Advice;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Forecasting;

/// <summary>The parts of a run, each repeatable after a crash: nothing is in force before the last one.</summary>
public sealed class ForecastRun(
    ForecastRuns runs,
    HistoryCompaction compaction,
    HistoryFiles files,
    IDemandEngine engine,
    AdviceReader follows,
    ForecastReports reports,
    ExceptionLog exceptions,
    TimeProvider time,
    ILogger<ForecastRun> logger
)
{
    /// <summary>The type of the exception that a failed run opens, and its subject.</summary>
    public const string Failure = "forecast-failed",
        Subject = "forecast";

    private const double Compacted = 0.15,
        Trained = 0.95;

    /// <summary>Brings the history's files up to the tables.</summary>
    public async Task CompactAsync(string run, CancellationToken cancellationToken)
    {
        var record = await StepAsync(run, "reading the stock ledger", 0, cancellationToken);
        var report = await compaction.RunAsync(cancellationToken);
        await runs.SaveAsync(
            record with
            {
                Step = $"{report.Rewritten.Count} of {report.Months} months rewritten, {report.Rows} daily sales rows in total",
                Share = Compacted,
                UpdatedAt = time.GetUtcNow(),
            },
            cancellationToken
        );
    }

    /// <summary>Learns, forecasts, and writes the report where nobody looks yet.</summary>
    /// <returns>False if there is nothing to learn from yet; the run is over then.</returns>
    public async Task<bool> TrainAsync(string run, CancellationToken cancellationToken)
    {
        var record = await StepAsync(run, "reading the history", Compacted, cancellationToken);
        await using var progress = new RunProgress(runs, record, Compacted, Trained, time);
        try
        {
            var history = await files.ReadAsync(record.Day, cancellationToken);
            var inForce = await reports.InForceAsync(cancellationToken);
            var champions = inForce is null ? null : await reports.ModelAsync(inForce.Run, IDemandEngine.ChampionsFile, cancellationToken);
            // Minutes of CPU work without an await, so it runs on its own thread.
            var result = await Task.Factory.StartNew(
                () =>
                    engine.Run(
                        history.History,
                        champions is { } json ? Encoding.UTF8.GetString(json.Span) : null,
                        progress,
                        cancellationToken
                    ),
                cancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            Check(history.History, result);
            progress.Report(("recommendations", 0.99));
            var known = await follows.ReadAsync(history.History, result, record.Day, inForce, cancellationToken);
            var follow = await Task.Factory.StartNew(
                () => ForecastAdvice.Of(known, cancellationToken),
                cancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            progress.Report(("writing the report", 1));
            var now = time.GetUtcNow();
            await reports.WriteAsync(
                new ReportModel(
                    run,
                    record.Day,
                    now,
                    history.History,
                    history.Facts,
                    result,
                    follow.Recommendations.Items,
                    [.. history.Remarks, .. follow.Remarks]
                ),
                follow,
                known.Campaigns,
                cancellationToken
            );
            return true;
        }
        catch (NothingToForecastException nothing)
        {
            await progress.DisposeAsync();
            await runs.SaveAsync(
                record with
                {
                    Status = RunStatus.NothingToForecast,
                    EndedAt = time.GetUtcNow(),
                    UpdatedAt = time.GetUtcNow(),
                    Step = "ended",
                    Share = 1,
                    Result = nothing.Message,
                },
                cancellationToken
            );
            return false;
        }
    }

    /// <summary>Puts the run's forecast in force.</summary>
    public async Task PublishAsync(string run, CancellationToken cancellationToken)
    {
        var record = await StepAsync(run, "publishing", Trained, cancellationToken);
        await reports.PublishAsync(run, record.Day, cancellationToken);
        var now = time.GetUtcNow();
        await exceptions.ResolveAsync(Failure, Subject, now, cancellationToken);
        await runs.SaveAsync(
            record with
            {
                Status = RunStatus.Succeeded,
                EndedAt = now,
                UpdatedAt = now,
                Step = "ended",
                Share = 1,
                Result = $"The forecast from {Day(record.Day)} is in force.",
            },
            cancellationToken
        );
    }

    /// <summary>Ends a failed run: the previous forecast stays in force, and an exception is opened.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reason">The reason, as displayable text.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task FailAsync(string run, string reason, CancellationToken cancellationToken)
    {
        var (record, now) = (await runs.GetAsync(run, cancellationToken), time.GetUtcNow());
        logger.LogError("Run {Run} failed at '{Step}': {Reason}", run, record.Step, reason);
        await runs.SaveAsync(record with { Status = RunStatus.Failed, EndedAt = now, UpdatedAt = now, Error = reason }, cancellationToken);
        await exceptions.RaiseAsync(
            new OperationException
            {
                Type = Failure,
                Subject = Subject,
                Failure = reason,
                Owner = Role.Planner,
                Sla = TimeSpan.FromHours(8),
                FirstSeenAt = now,
                LastSeenAt = now,
                RecommendedAction =
                    "Fix the failure, then start a run (POST /api/v1/forecasts/runs). Until a run succeeds, the last forecast stays in use.",
            },
            cancellationToken
        );
        if (await StandingAsync(cancellationToken) is { InForce: { } inForce, Words: { } words })
            await reports.TellAsync(inForce, words, cancellationToken);
    }

    /// <summary>Adds a run's row before its orchestration is started.</summary>
    public async Task<RunRecord> BeginAsync(string by, CancellationToken cancellationToken)
    {
        // The caller has checked that no run is in progress: a row that still says so belongs to a run killed before its orchestration
        // started.
        foreach (var lost in (await runs.ListAsync(10, cancellationToken)).Where(static r => r.Status == RunStatus.Running))
            await runs.SaveAsync(
                lost with
                {
                    Status = RunStatus.Failed,
                    EndedAt = time.GetUtcNow(),
                    Error = "It ended without a result: its process or its orchestration was stopped.",
                },
                cancellationToken
            );
        return await runs.AddAsync(by, cancellationToken);
    }

    /// <summary>The forecast in force and, if it is not from the newest finished run, the reason.</summary>
    public async Task<ForecastStanding> StandingAsync(CancellationToken cancellationToken)
    {
        var (inForce, newest) = (await reports.InForceAsync(cancellationToken), await runs.ListAsync(50, cancellationToken));
        var ended = newest.FirstOrDefault(static r => r.Status != RunStatus.Running);
        var words =
            ended is not { Status: RunStatus.Failed } ? null
            : inForce is null ? $"No forecast is in force: the run of {Day(ended.Day)} failed: {ended.Error}"
            : $"The forecast of {Day(inForce.Day)} is in force because the run of {Day(ended.Day)} failed: {ended.Error}";
        return new ForecastStanding(inForce, newest.Count > 0 ? newest[0] : null, words);
    }

    private async Task<RunRecord> StepAsync(string run, string step, double share, CancellationToken cancellationToken)
    {
        var record = await runs.GetAsync(run, cancellationToken) with { Step = step, Share = share, UpdatedAt = time.GetUtcNow() };
        await runs.SaveAsync(record, cancellationToken);
        return record;
    }

    // Orders and prices depend on the published forecast, so invalid engine output must fail the run here.
    private static void Check(SalesHistory history, ForecastResult result)
    {
        if (result.Forecasts.Count != history.Series.Count || result.Segments.Count != history.Series.Count)
            throw new InvalidOperationException($"The engine gave {result.Forecasts.Count} forecasts for {history.Series.Count} series.");
        for (var i = 0; i < result.Forecasts.Count; i++)
        {
            var f = result.Forecasts[i];
            if (f.Key != history.Series[i].Key || f.First != history.Last.AddDays(1) || f.Horizon != history.Horizon)
                throw new InvalidOperationException(
                    $"The engine's forecast {i} is of {f.Key} from {Day(f.First)}; expected was {history.Series[i].Key} from {Day(history.Last.AddDays(1))}."
                );
            if (!new[] { f.Mean, f.P10, f.P50, f.P90 }.All(v => v.Length == f.Horizon && v.All(static x => float.IsFinite(x) && x >= 0)))
                throw new InvalidOperationException($"The engine's forecast of {f.Key} has a figure that is negative or not finite.");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What is in force.</summary>
/// <param name="InForce">Null if no run has been published yet.</param>
/// <param name="Newest">The newest run, however it stands; null if none.</param>
/// <param name="Words">Why an older forecast is in force; null if nothing is wrong.</param>
public sealed record ForecastStanding(ForecastPointer? InForce, RunRecord? Newest, string? Words);
