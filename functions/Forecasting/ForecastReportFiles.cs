using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Forecasting;

namespace Stockgate.Functions.Forecasting;

/// <summary>The files of the reports, for planners and operators: those in force, and those of a day.</summary>
public sealed class ForecastReportFiles(ForecastReports reports, ForecastRun run)
{
    /// <summary>What is in force, and why it is not of today where it is not.</summary>
    [Function("GetForecastStanding")]
    [Summary("Says which forecast report is the latest")]
    [Answers(200)]
    public async Task<IResult> Standing(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/reports/latest")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var standing = await run.StandingAsync(cancellationToken);
        return Results.Json(
            new
            {
                standing.InForce,
                standing.Words,
                standing.Newest,
                files = standing.InForce is null
                    ? []
                    : ForecastReports.Files.Keys.Select(static f => $"/api/v1/reports/latest/{f}").ToArray(),
            },
            Answer.Json
        );
    }

    /// <summary>A file of the report in force.</summary>
    [Function("GetLatestReport")]
    [Summary("Reads a file of the latest forecast report")]
    [Answers(200, MediaType = "text/html")]
    public async Task<IResult> Latest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/reports/latest/{file}")] HttpRequest request,
        string file,
        CancellationToken cancellationToken
    )
    {
        Known(file);
        var standing = await run.StandingAsync(cancellationToken);
        return await SendAsync(
            request,
            standing.InForce ?? throw Missing("No forecast has been published yet. POST /api/v1/forecasts/runs starts a run."),
            file,
            standing.Words,
            cancellationToken
        );
    }

    /// <summary>A file of the report of a day.</summary>
    [Function("GetReportOfDay")]
    [Summary("Reads a file of the forecast report of a day")]
    [Answers(200, MediaType = "text/html")]
    public async Task<IResult> OfDay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/reports/{year}/{month}/{day}/{file}")] HttpRequest request,
        string year,
        string month,
        string day,
        string file,
        CancellationToken cancellationToken
    )
    {
        Known(file);
        if (!DateOnly.TryParseExact($"{year}/{month}/{day}", "yyyy/MM/dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw Missing("Give a day such as 2026/11/21.");
        return await SendAsync(
            request,
            await reports.OfDayAsync(date, cancellationToken) ?? throw Missing("No report was published for this day."),
            file,
            null,
            cancellationToken
        );
    }

    private async Task<IResult> SendAsync(
        HttpRequest request,
        ForecastPointer pointer,
        string file,
        string? notice,
        CancellationToken cancellationToken
    )
    {
        var html = file == "index.html";
        // The files of a pointer never change; the notice on the page may.
        var tag = new EntityTagHeaderValue(
            $"\"{pointer.Run}{(html && notice is not null ? "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice)).AsSpan(0, 8)) : "")}\""
        );
        Answer.AsShown(request, html);
        if (Answer.IsKnown(request, tag))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var found = await reports.ReadAsync(pointer, file, cancellationToken) ?? throw Missing("The report has no such file.");
        return Results.Bytes(html && notice is not null ? ForecastReports.WithNotice(found.Content, notice) : found.Content, found.Type);
    }

    // A known name or none: what a caller writes is never a path.
    private static void Known(string file)
    {
        if (!ForecastReports.Files.ContainsKey(file))
            throw Missing($"A report has the files {string.Join(", ", ForecastReports.Files.Keys)}.");
    }

    private static ProblemException Missing(string detail) => new(StatusCodes.Status404NotFound, "no-report", "Not found", detail, "file");
}
