using System.Globalization;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Forecasting;

/// <summary>Where a run stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ForecastRunStatus>))]
public enum ForecastRunStatus
{
    Running,

    /// <summary>Its forecast was published.</summary>
    Succeeded,

    /// <summary>It published nothing; the forecast before it is in force.</summary>
    Failed,

    /// <summary>There was no sale to learn from yet.</summary>
    NothingToForecast,
}

/// <summary>A run of the forecast.</summary>
/// <param name="Id">Such as <c>forecast-20261121-023000</c>: when it was started, UTC.</param>
/// <param name="Day">The first day that it forecasts.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="By">Who started it.</param>
/// <param name="StartedAt">When.</param>
/// <param name="UpdatedAt">When it was last heard of.</param>
/// <param name="EndedAt">Null while it runs.</param>
/// <param name="Step">What it does now.</param>
/// <param name="Share">How much of the whole is done, 0 to 1.</param>
/// <param name="Result">What came of it, in a sentence.</param>
/// <param name="Error">Why it failed.</param>
public sealed record ForecastRunRecord(
    string Id, DateOnly Day, ForecastRunStatus Status, string By, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, DateTimeOffset? EndedAt, string Step, double Share, string? Result, string? Error);

/// <summary>Runs as rows of the table <c>ForecastRuns</c>, the newest first.</summary>
public sealed class ForecastRuns(StateTables tables, TimeProvider time)
{
    private const string Partition = "run", Prefix = "forecast-", Form = "yyyyMMdd-HHmmss";

    private const int LongestText = 2_000;

    /// <summary>Puts a new run there.</summary>
    public async Task<ForecastRunRecord> AddAsync(string by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // A run is named by its second; where another one was begun in it, by the next that is free.
        for (var at = now.UtcDateTime; ; at = at.AddSeconds(1))
        {
            var run = new ForecastRunRecord(Prefix + at.ToString(Form, CultureInfo.InvariantCulture), DateOnly.FromDateTime(now.UtcDateTime), ForecastRunStatus.Running, by, now, now, null, "waiting to begin", 0, null, null);
            try
            {
                await tables.ForecastRuns.AddEntityAsync(RowOf(run), cancellationToken);
                return run;
            }
            catch (Azure.RequestFailedException there) when (there.Status == 409)
            {
                // Taken.
            }
        }
    }

    public Task SaveAsync(ForecastRunRecord run, CancellationToken cancellationToken) => tables.ForecastRuns.UpsertEntityAsync(RowOf(run), TableUpdateMode.Replace, cancellationToken);

    public Task RemoveAsync(ForecastRunRecord run, CancellationToken cancellationToken) => tables.ForecastRuns.DeleteEntityAsync(Partition, KeyOf(run.Id)!, cancellationToken: cancellationToken);

    public async Task<ForecastRunRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (KeyOf(id) is not { } key) return null;
        var row = await tables.ForecastRuns.GetEntityIfExistsAsync<TableEntity>(Partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <exception cref="InvalidOperationException">There is no such run.</exception>
    public async Task<ForecastRunRecord> GetAsync(string id, CancellationToken cancellationToken) => await FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"Run {id} is not stored.");

    /// <summary>The newest runs, the last one first.</summary>
    public async Task<IReadOnlyList<ForecastRunRecord>> ListAsync(int most, CancellationToken cancellationToken)
    {
        var runs = new List<ForecastRunRecord>();
        await foreach (var row in tables.ForecastRuns.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), maxPerPage: Math.Min(most, 1_000), cancellationToken: cancellationToken))
        {
            runs.Add(Read(row));
            if (runs.Count == most) break;
        }
        return runs;
    }

    // Keys ascend; counted down from the end of time, the newest stands first.
    private static string? KeyOf(string id) => id.StartsWith(Prefix, StringComparison.Ordinal) && DateTime.TryParseExact(id.AsSpan(Prefix.Length), Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        ? RowKeys.Of(((DateTime.MaxValue.Ticks - at.Ticks) / TimeSpan.TicksPerSecond).ToString("000000000000", CultureInfo.InvariantCulture), id) : null;

    private static TableEntity RowOf(ForecastRunRecord run)
    {
        var row = new TableEntity(Partition, KeyOf(run.Id)!)
        {
            ["Id"] = run.Id, ["Day"] = run.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["Status"] = run.Status.ToString(), ["By"] = run.By, ["StartedAt"] = run.StartedAt, ["UpdatedAt"] = run.UpdatedAt,
            ["Step"] = Cut(run.Step), ["Permille"] = (int)Math.Round(run.Share * 1_000),
        };
        if (run.EndedAt is { } ended) row["EndedAt"] = ended;
        if (run.Result is { } result) row["Result"] = Cut(result);
        if (run.Error is { } error) row["Error"] = Cut(error);
        return row;
    }

    private static ForecastRunRecord Read(TableEntity row) => new(
        row.GetString("Id"), DateOnly.ParseExact(row.GetString("Day"), "yyyy-MM-dd", CultureInfo.InvariantCulture), Enum.Parse<ForecastRunStatus>(row.GetString("Status")), row.GetString("By"),
        row.GetDateTimeOffset("StartedAt")!.Value, row.GetDateTimeOffset("UpdatedAt")!.Value, row.GetDateTimeOffset("EndedAt"), row.GetString("Step"), (row.GetInt32("Permille") ?? 0) / 1_000.0, row.GetString("Result"), row.GetString("Error"));

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
}
