using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Http;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Forecasting;

/// <summary>API of forecast runs: start, progress, and the planners' calendar.</summary>
public sealed class Forecasts(ForecastRun run, ForecastRuns runs, HistoryFiles files)
{
    private const int Shown = 50;

    /// <summary>Starts a run.</summary>
    [Function("StartForecast")]
    [Summary("Starts a forecast run")]
    [Answers(202, typeof(RunRecord))]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/forecasts/runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var by = request.Caller().Name;
        await CommandBody.RequireNoFieldsAsync(request, cancellationToken);
        var begun =
            await ForecastStart.TryAsync(run, runs, client, by, cancellationToken)
            ?? throw new ProblemException(
                StatusCodes.Status409Conflict,
                "forecast-running",
                "A run is in progress",
                "GET /api/v1/forecasts/runs shows its progress; start another when it has ended."
            );
        return Results.Accepted($"/api/v1/forecasts/runs/{begun.Id}", begun);
    }

    /// <summary>The progress and result of a run.</summary>
    [Function("GetForecastRun")]
    [Summary("Shows the progress and result of a forecast run")]
    [Answers(200, typeof(RunRecord))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/forecasts/runs/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        await runs.FindAsync(id, cancellationToken) is { } found
            ? Results.Json(found, Answer.Json)
            : throw new ProblemException(
                StatusCodes.Status404NotFound,
                "unknown-run",
                "Not found",
                "Unknown run. GET /api/v1/forecasts/runs lists them.",
                "id"
            );

    /// <summary>The last 50 runs, the newest first.</summary>
    [Function("ListForecastRuns")]
    [Summary("Lists the last 50 forecast runs, the newest first")]
    [Answers(200, typeof(RunRecord[]))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/forecasts/runs")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Results.Json(await runs.ListAsync(Shown, cancellationToken), Answer.Json);

    /// <summary>Replaces the planners' calendar; the next run uses it. Role planner.</summary>
    [Function("PutForecastCalendar")]
    [Summary("Replaces the planners' calendar")]
    [Accepts(null, MediaType = "text/csv")]
    [Answers(200)]
    public async Task<IResult> PutCalendar(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/forecasts/calendar")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        try
        {
            return Results.Json(new { days = await files.PutCalendarAsync(body.Memory.ToArray(), cancellationToken) }, Answer.Json);
        }
        catch (HistoryFileException wrong)
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "unfit-calendar",
                "Invalid request",
                $"{wrong.Message} The previous calendar stays in force. Send CSV with the columns date,events,tags,closed_locations.",
                wrong.Line > 0 ? $"line {wrong.Line}" : "body"
            );
        }
    }
}
