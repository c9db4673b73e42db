using System.Globalization;
using System.Text;
using Stockgate.Benchmarks;
using Stockgate.Demo.Local;
using Stockgate.Demo.Posting;

if (args is [BareEndpoint.Argument, var port])
{
    await BareEndpoint.ServeAsync(int.Parse(port, CultureInfo.InvariantCulture));
    return;
}

const int ProjectedOrders = 12_000, BareTransactions = 400;
var root = Repository.Root();
var state = Path.Combine(root, ".stockgate", "benchmarks");
if (Directory.Exists(state)) Directory.Delete(state, recursive: true);

Console.WriteLine("accepting …");
await using var azurite = await AzuriteProcess.StartAsync(root);
var settings = AppSettings.For(root, Path.Combine(state, "accept"), AzuriteProcess.FreePort(), azurite.ConnectionString);
// Accepting alone: projecting has its own figures below, and Azurite would take the second core meanwhile.
settings.Environment["AzureWebJobs.ProjectChannelEvents.Disabled"] = "true";
AcceptBenchmark.Result accepted;
await using (var app = await AppProcess.StartAsync(settings)) accepted = await AcceptBenchmark.RunAsync(app, new Events(settings));

Console.WriteLine("projecting …");
var projecting = AppSettings.For(root, Path.Combine(state, "project"), AzuriteProcess.FreePort(), azurite.ConnectionString);
projecting.Environment["AzureWebJobs.ProjectChannelEvents.Disabled"] = "true";
await using (var app = await AppProcess.StartAsync(projecting))
{
    using var poster = new WebhookPoster(app.BaseAddress, projecting, twice: false, TimeProvider.System);
    for (var batch = 0; batch < ProjectedOrders / EventBatch.Records; batch++) await poster.PostAsync(Events.Batch(batch), CancellationToken.None);
}
await ProjectBenchmark.BareAsync(azurite.ConnectionString, 40);
var (seconds, rows) = await ProjectBenchmark.ProjectAsync(projecting);
var (bareNew, bareAgain) = await ProjectBenchmark.BareAsync(azurite.ConnectionString, BareTransactions);

var text = new StringBuilder();
string N(double value, string format = "#,0") => value.ToString(format, CultureInfo.InvariantCulture);
text.AppendLine("| | figure | ceiling in the same run | ratio |").AppendLine("|---|---:|---:|---:|");
text.AppendLine(CultureInfo.InvariantCulture, $"| accept single events, requests/s | {N(accepted.Single.RequestsPerSecond)} | {N(accepted.Bare.RequestsPerSecond)} (bare Kestrel endpoint that only computes the HMAC) | **{N(accepted.Ratio, "0.00")}** |");
text.AppendLine(CultureInfo.InvariantCulture, $"| … p50 / p95 / p99, ms | {N(accepted.Single.P50, "0.0")} / {N(accepted.Single.P95, "0.0")} / {N(accepted.Single.P99, "0.0")} | {N(accepted.Bare.P50, "0.0")} / {N(accepted.Bare.P95, "0.0")} / {N(accepted.Bare.P99, "0.0")} | |");
text.AppendLine(CultureInfo.InvariantCulture, $"| accept batches of {EventBatch.Records}, records/s | {N(accepted.BatchedRecordsPerSecond)} | | |");
text.AppendLine(CultureInfo.InvariantCulture, $"| project orders into Azurite, records/s | {N(ProjectedOrders / seconds)} | | |");
text.AppendLine(CultureInfo.InvariantCulture, $"| … table rows written/s | {N(rows / seconds)} | {N(bareNew)} (bare transactions of 100 upserts, new rows) | **{N(rows / seconds / bareNew, "0.00")}** |");
text.AppendLine(CultureInfo.InvariantCulture, $"| | | {N(bareAgain)} (the same, rows written again) | {N(rows / seconds / bareAgain, "0.00")} |");
Console.WriteLine();
Console.Write(text);
