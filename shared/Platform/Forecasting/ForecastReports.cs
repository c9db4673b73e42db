using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Stockgate.Domain.Forecasting.Advice;
using Stockgate.Domain.Forecasting.Campaigns;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Pages.Forecasting;
using Stockgate.Platform.Forecasting.Advice;

namespace Stockgate.Platform.Forecasting;

/// <summary>Points to the run whose files are in force, for a day or overall.</summary>
/// <param name="Run">The run.</param>
/// <param name="Day">The first day that it forecasts.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="PublishedAt">When they came in force.</param>
public sealed record ForecastPointer(string Run, DateOnly Day, string Folder, DateTimeOffset PublishedAt);

/// <summary>A file of a report.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Pointer">The pointer that it belongs to.</param>
public sealed record ReportFile(ReadOnlyMemory<byte> Content, string Type, ForecastPointer Pointer);

/// <summary>
/// Reports in the container <c>forecast-reports</c>. A run writes into its own folder, <c>yyyy/MM/dd/RUN/</c>, which never changes once it
/// is complete; then the pointer of its day, <c>yyyy/MM/dd/run.json</c>, and last of all <c>latest.json</c> are replaced atomically.
/// Readers follow a pointer and so see the files of one run. The copies under <c>yyyy/MM/dd/</c> and <c>latest/</c> are for people with a
/// storage browser; they follow the pointer and are corrected by the next publication.
/// </summary>
public sealed class ForecastReports(BlobServiceClient blobs, TimeProvider time)
{
    public const string Container = "forecast-reports",
        ModelContainer = "forecast-models";

    /// <summary>The files of a report and their media types; no other name is ever looked up.</summary>
    public static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["index.html"] = "text/html; charset=utf-8",
        ["forecast.csv"] = "text/csv; charset=utf-8",
        ["recommendations.csv"] = "text/csv; charset=utf-8",
        ["metrics.json"] = "application/json; charset=utf-8",
        ["stockout-risk.csv"] = "text/csv; charset=utf-8",
        [ElasticityFile.Name] = "text/csv; charset=utf-8",
        [CampaignFile.Name] = "application/json; charset=utf-8",
        ["model-card.md"] = "text/markdown; charset=utf-8",
    };

    private const string Latest = "latest.json",
        ForecastFile = "forecast.csv.gz",
        PackedElasticities = ElasticityFile.Name + ".gz";

    private readonly BlobFolder reports = new(blobs, Container),
        models = new(blobs, ModelContainer);

    /// <summary>
    /// Writes a run's files to its own folder, before any pointer refers to it. Idempotent: a repetition writes the same names.
    /// </summary>
    public async Task WriteAsync(ReportModel model, AdviceResult follow, CampaignPolicy policy, CancellationToken cancellationToken)
    {
        var folder = FolderOf(model.Run, model.Day);
        await models.PutPackedAsync(
            $"{model.Run}/{ForecastFile}",
            text => ForecastCsv.Write(text, model.Result, forPeople: false),
            cancellationToken
        );
        await models.PutPackedAsync(
            $"{model.Run}/{PackedElasticities}",
            text => ElasticityFile.Write(text, follow.Elasticities.Items, forPeople: false),
            cancellationToken
        );
        foreach (var (name, content) in model.Result.Models)
            await models.PutAsync($"{model.Run}/{name}", content, "application/octet-stream", cancellationToken);
        await PutAsync("forecast.csv", text => ForecastCsv.Write(text, model.Result, forPeople: true));
        await PutAsync("recommendations.csv", text => RecommendationsCsv.Write(text, model.Recommendations));
        await PutAsync("stockout-risk.csv", text => StockoutRiskCsv.Write(text, follow.StockoutRisks.Items));
        await PutAsync(ElasticityFile.Name, text => ElasticityFile.Write(text, follow.Elasticities.Items, forPeople: true));
        await reports.PutAsync(
            folder + CampaignFile.Name,
            CampaignFile.Of(model.Run, model.Day, model.MadeAt, policy, follow.Campaigns).ToJson(),
            Files[CampaignFile.Name],
            cancellationToken
        );
        await PutAsync("model-card.md", text => ModelCard.Write(text, model));
        await reports.PutAsync(folder + "metrics.json", MetricsJson.Of(model), Files["metrics.json"], cancellationToken);
        // The page is written last, so that its links always resolve.
        await PutAsync("index.html", text => ForecastPage.Write(text, model));

        Task PutAsync(string name, Action<TextWriter> write)
        {
            var bytes = new MemoryStream();
            using (var text = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
                write(text);
            return reports.PutAsync(folder + name, bytes.GetBuffer().AsMemory(0, (int)bytes.Length), Files[name], cancellationToken);
        }
    }

    /// <summary>Publishes a run. A repetition after a crash continues.</summary>
    /// <exception cref="InvalidOperationException">The run's folder is incomplete.</exception>
    public async Task PublishAsync(string run, DateOnly day, CancellationToken cancellationToken)
    {
        var pointer = new ForecastPointer(run, day, FolderOf(run, day), time.GetUtcNow());
        var contents = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var name in Files.Keys)
            contents[name] =
                await reports.FindAsync(pointer.Folder + name, cancellationToken)
                ?? throw new InvalidOperationException($"{pointer.Folder}{name} is missing: run {run} did not write all of its files.");
        await PointAsync(DayFolder(day) + "run.json", pointer, cancellationToken);
        await CopyAsync(DayFolder(day), contents, cancellationToken);
        await PointAsync(Latest, pointer, cancellationToken);
        await CopyAsync("latest/", contents, cancellationToken);
    }

    /// <returns>What is in force; null if no run has been published yet.</returns>
    public Task<ForecastPointer?> InForceAsync(CancellationToken cancellationToken) => PointerAsync(Latest, cancellationToken);

    /// <returns>What was last published of a day; null if nothing was.</returns>
    public Task<ForecastPointer?> OfDayAsync(DateOnly day, CancellationToken cancellationToken) =>
        PointerAsync(DayFolder(day) + "run.json", cancellationToken);

    /// <returns>A file of a report; null if <paramref name="name"/> is none of <see cref="Files"/>, or is not there.</returns>
    public async Task<ReportFile?> ReadAsync(ForecastPointer pointer, string name, CancellationToken cancellationToken) =>
        Files.TryGetValue(name, out var type) && await reports.FindAsync(pointer.Folder + name, cancellationToken) is { } content
            ? new ReportFile(content, type, pointer)
            : null;

    /// <summary>Adds a notice to the page's copy under <c>latest/</c> that explains why it is outdated.</summary>
    public async Task TellAsync(ForecastPointer pointer, string words, CancellationToken cancellationToken)
    {
        if (await ReadAsync(pointer, "index.html", cancellationToken) is { } page)
            await reports.PutAsync("latest/index.html", WithNotice(page.Content, words), Files["index.html"], cancellationToken);
    }

    /// <summary>The page with a notice on it.</summary>
    public static ReadOnlyMemory<byte> WithNotice(ReadOnlyMemory<byte> page, string words) =>
        Encoding.UTF8.GetBytes(ForecastPage.WithNotice(Encoding.UTF8.GetString(page.Span), words));

    /// <returns>A run's model file; null if it is not there.</returns>
    public Task<ReadOnlyMemory<byte>?> ModelAsync(string run, string name, CancellationToken cancellationToken) =>
        models.FindAsync($"{run}/{name}", cancellationToken);

    /// <returns>A run's forecast of every series.</returns>
    /// <exception cref="HistoryFileException">It is missing or damaged.</exception>
    public async Task<IReadOnlyList<Domain.Forecasting.SeriesForecast>> ForecastsAsync(string run, CancellationToken cancellationToken) =>
        ForecastCsv.Read(
            $"{run}/{ForecastFile}",
            await models.FindPackedAsync($"{run}/{ForecastFile}", cancellationToken)
                ?? throw new HistoryFileException($"{run}/{ForecastFile}", 0, "is missing.")
        );

    /// <returns>A run's price elasticities; empty if it has none.</returns>
    /// <exception cref="HistoryFileException">It is damaged.</exception>
    public async Task<PriceResponses> ElasticitiesAsync(string run, CancellationToken cancellationToken) =>
        await models.FindPackedAsync($"{run}/{PackedElasticities}", cancellationToken) is { } text
            ? ElasticityFile.Read(text)
            : PriceResponses.None;

    private async Task<ForecastPointer?> PointerAsync(string name, CancellationToken cancellationToken) =>
        await reports.FindAsync(name, cancellationToken) is { } bytes
            ? JsonSerializer.Deserialize(bytes.Span, ForecastingJson.Default.ForecastPointer)
            : null;

    private Task PointAsync(string name, ForecastPointer pointer, CancellationToken cancellationToken) =>
        reports.PutAsync(
            name,
            JsonSerializer.SerializeToUtf8Bytes(pointer, ForecastingJson.Default.ForecastPointer),
            "application/json",
            cancellationToken
        );

    private async Task CopyAsync(string folder, Dictionary<string, ReadOnlyMemory<byte>> contents, CancellationToken cancellationToken)
    {
        foreach (var (name, content) in contents)
            await reports.PutAsync(folder + name, content, Files[name], cancellationToken);
    }

    private static string DayFolder(DateOnly day) => day.ToString("yyyy/MM/dd/", CultureInfo.InvariantCulture);

    private static string FolderOf(string run, DateOnly day) => $"{DayFolder(day)}{run}/";
}
