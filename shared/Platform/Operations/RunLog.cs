using System.Globalization;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Operations;

/// <summary>Where a run stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    Running,

    /// <summary>Its result is in force.</summary>
    Succeeded,

    /// <summary>It has no result; the previous one stays in force.</summary>
    Failed,

    /// <summary>There was no sale to learn from yet.</summary>
    NothingToForecast,
}

/// <summary>A forecast run or pricing run.</summary>
/// <param name="Id">Such as <c>forecast-20261121-023000</c>: what it is, and when it was started, UTC.</param>
/// <param name="Day">The first day that it is for.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="By">Who started it.</param>
/// <param name="StartedAt">When.</param>
/// <param name="UpdatedAt">When it was last heard of.</param>
/// <param name="EndedAt">Null while it runs.</param>
/// <param name="Step">What it does now.</param>
/// <param name="Share">How much of the whole is done, 0 to 1.</param>
/// <param name="Result">What came of it, in a sentence.</param>
/// <param name="Error">Why it failed.</param>
public sealed record RunRecord(
    string Id,
    DateOnly Day,
    RunStatus Status,
    string By,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt,
    string Step,
    double Share,
    string? Result,
    string? Error
);

/// <summary>Runs as rows of a table, the newest first.</summary>
/// <param name="table">Of its own.</param>
/// <param name="time">Of the runs' names.</param>
/// <param name="kinds">What a run may be; its id begins with it.</param>
public abstract class RunLog(TableClient table, TimeProvider time, params string[] kinds)
{
    private const string Partition = "run",
        Form = "yyyyMMdd-HHmmss";

    private const int LongestText = 2_000;

    /// <summary>Puts a new run of the first kind there.</summary>
    public Task<RunRecord> AddAsync(string by, CancellationToken cancellationToken) => AddAsync(kinds[0], by, cancellationToken);

    /// <summary>Puts a new run of a kind there.</summary>
    public async Task<RunRecord> AddAsync(string kind, string by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // A run is named by its second; where another one was begun in it, by the next that is free.
        for (var at = now.UtcDateTime; ; at = at.AddSeconds(1))
        {
            var run = new RunRecord(
                $"{kind}-{at.ToString(Form, CultureInfo.InvariantCulture)}",
                DateOnly.FromDateTime(now.UtcDateTime),
                RunStatus.Running,
                by,
                now,
                now,
                null,
                "waiting to begin",
                0,
                null,
                null
            );
            try
            {
                await table.AddEntityAsync(RowOf(run), cancellationToken);
                return run;
            }
            catch (Azure.RequestFailedException there) when (there.Status == 409)
            {
                // Taken.
            }
        }
    }

    public Task SaveAsync(RunRecord run, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(RowOf(run), TableUpdateMode.Replace, cancellationToken);

    public Task RemoveAsync(RunRecord run, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Partition, KeyOf(run.Id)!, cancellationToken: cancellationToken);

    public async Task<RunRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (KeyOf(id) is not { } key)
            return null;
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <exception cref="InvalidOperationException">There is no such run.</exception>
    public async Task<RunRecord> GetAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"Run {id} is not stored.");

    /// <summary>The newest runs, the last one first.</summary>
    public async Task<IReadOnlyList<RunRecord>> ListAsync(int most, CancellationToken cancellationToken)
    {
        var runs = new List<RunRecord>();
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"),
                maxPerPage: Math.Min(most, 1_000),
                cancellationToken: cancellationToken
            )
        )
        {
            runs.Add(Read(row));
            if (runs.Count == most)
                break;
        }
        return runs;
    }

    // Keys ascend; counted down from the end of time, the newest stands first.
    private string? KeyOf(string id) =>
        kinds.FirstOrDefault(k => id.StartsWith(k + "-", StringComparison.Ordinal)) is { } kind
        && DateTime.TryParseExact(id.AsSpan(kind.Length + 1), Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? RowKeys.Of(
                ((DateTime.MaxValue.Ticks - at.Ticks) / TimeSpan.TicksPerSecond).ToString("000000000000", CultureInfo.InvariantCulture),
                id
            )
            : null;

    private TableEntity RowOf(RunRecord run)
    {
        var row = new TableEntity(Partition, KeyOf(run.Id)!)
        {
            ["Id"] = run.Id,
            ["Day"] = run.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["Status"] = run.Status.ToString(),
            ["By"] = run.By,
            ["StartedAt"] = run.StartedAt,
            ["UpdatedAt"] = run.UpdatedAt,
            ["Step"] = Cut(run.Step),
            ["Permille"] = (int)Math.Round(run.Share * 1_000),
        };
        if (run.EndedAt is { } ended)
            row["EndedAt"] = ended;
        if (run.Result is { } result)
            row["Result"] = Cut(result);
        if (run.Error is { } error)
            row["Error"] = Cut(error);
        return row;
    }

    private static RunRecord Read(TableEntity row) =>
        new(
            row.GetString("Id"),
            DateOnly.ParseExact(row.GetString("Day"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Enum.Parse<RunStatus>(row.GetString("Status")),
            row.GetString("By"),
            row.GetDateTimeOffset("StartedAt")!.Value,
            row.GetDateTimeOffset("UpdatedAt")!.Value,
            row.GetDateTimeOffset("EndedAt"),
            row.GetString("Step"),
            (row.GetInt32("Permille") ?? 0) / 1_000.0,
            row.GetString("Result"),
            row.GetString("Error")
        );

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
}
