using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Operations;
using Stockgate.TestSupport.Forecasting;

namespace Stockgate.Functions.Tests.Forecasting;

public class ForecastRunTests : ForecastsOnAzurite
{
    private readonly Scripted engine = new();

    protected override IDemandEngine Engine => engine;

    private async Task<string> LatestAsync(string name) =>
        Encoding.UTF8.GetString(
            (await Reports.ReadAsync((await Reports.InForceAsync(CancellationToken.None))!, name, CancellationToken.None))!.Content.Span
        );

    private async Task<string> BlobTextAsync(string name) =>
        (await Blob(ForecastReports.Container, name).DownloadContentAsync()).Value.Content.ToString();

    [Fact]
    public async Task A_run_publishes_its_files_under_its_day_and_under_latest_and_others_read_the_forecast()
    {
        await LedgerAsync(Sale("A", "2026-11-19", 4), Sale("A", "2026-11-20", 2));
        var run = await NightAsync();
        Assert.Equal((RunStatus.Succeeded, 1.0, "forecast-20261121-023000"), (run.Status, run.Share, run.Id));
        foreach (var name in ForecastReports.Files.Keys)
        {
            Assert.NotEmpty(await BlobTextAsync($"2026/11/21/{name}"));
            Assert.Equal(await BlobTextAsync($"2026/11/21/{run.Id}/{name}"), await BlobTextAsync($"latest/{name}"));
        }
        Assert.StartsWith(
            "sku,location,day,mean,p10,p50,p90,segment,method\nA,S1,2026-11-21,3,",
            await LatestAsync("forecast.csv"),
            StringComparison.Ordinal
        );
        Clock.Now = Clock.Now.AddHours(3);
        var inForce = (await App.GetRequiredService<ForecastReader>().ReadAsync(CancellationToken.None))!;
        var forecast = inForce.Series[new SeriesKey(new Sku("A"), new LocationId("S1"))];
        Assert.Equal(
            (28, 3f, new DateOnly(2026, 11, 21), TimeSpan.FromHours(3)),
            (forecast.Horizon, forecast.Mean[0], forecast.First, inForce.Age)
        );
        Assert.Null(engine.Champions);
        await NightAsync();
        Assert.Equal("""{"champion":"mean of 28 days"}""", engine.Champions);
        Assert.Null(
            await Reports.ReadAsync((await Reports.InForceAsync(CancellationToken.None))!, "../latest.json", CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_run_that_fails_leaves_the_forecast_before_it_in_force_and_says_so_until_one_succeeds()
    {
        await LedgerAsync(Sale("A", "2026-11-19", 4));
        await NightAsync();
        var before = await LatestAsync("forecast.csv");
        Clock.Now = Clock.Now.AddDays(1);
        engine.Fails = "The engine <stopped>.";
        var run = await Run.BeginAsync("test", CancellationToken.None);
        await Run.CompactAsync(run.Id, CancellationToken.None);
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => Run.TrainAsync(run.Id, CancellationToken.None));
        await Run.FailAsync(run.Id, failed.Message, CancellationToken.None);
        Assert.Equal(before, await LatestAsync("forecast.csv"));
        const string words = "The forecast of 2026-11-21 is in force because the run of 2026-11-22 failed: The engine <stopped>.";
        Assert.Equal(words, (await Run.StandingAsync(CancellationToken.None)).Words);
        Assert.Contains(
            "because the run of 2026-11-22 failed: The engine &lt;stopped&gt;.",
            await BlobTextAsync("latest/index.html"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            (RunStatus.Failed, "The engine <stopped>."),
            ((await Runs.GetAsync(run.Id, CancellationToken.None)).Status, (await Runs.GetAsync(run.Id, CancellationToken.None)).Error)
        );
        var exceptions = App.GetRequiredService<ExceptionLog>();
        var open = Assert.Single((await exceptions.OpenAsync(1_000, null, CancellationToken.None)).Exceptions);
        Assert.Equal((ForecastRun.Failure, Role.Planner, "The engine <stopped>."), (open.Type, open.Owner, open.Failure));
        engine.Fails = null;
        Clock.Now = Clock.Now.AddHours(1);
        await NightAsync();
        Assert.Null((await Run.StandingAsync(CancellationToken.None)).Words);
        Assert.Empty((await exceptions.OpenAsync(1_000, null, CancellationToken.None)).Exceptions);
        Assert.DoesNotContain("class=\"notice\"", await BlobTextAsync("latest/index.html"), StringComparison.Ordinal);
        Assert.Equal(
            [RunStatus.Succeeded, RunStatus.Failed, RunStatus.Succeeded],
            (await Runs.ListAsync(50, CancellationToken.None)).Select(static r => r.Status)
        );
    }

    [Fact]
    public async Task A_process_that_ends_between_writing_and_publishing_leaves_no_mixture_and_the_next_one_goes_on()
    {
        await LedgerAsync(Sale("A", "2026-11-19", 4));
        var first = await NightAsync();
        Clock.Now = Clock.Now.AddHours(2);
        await LedgerAsync(Sale("A", "2026-11-18", 40));
        var second = await Run.BeginAsync("test", CancellationToken.None);
        await Run.CompactAsync(second.Id, CancellationToken.None);
        Assert.True(await Run.TrainAsync(second.Id, CancellationToken.None));
        // Killed here: everything is written and nothing is in force. A copy that was under way when it was killed misleads nobody either.
        await Blob(ForecastReports.Container, "latest/forecast.csv").UploadAsync(BinaryData.FromString("half"), overwrite: true);
        Assert.Equal(first.Id, (await Reports.InForceAsync(CancellationToken.None))!.Run);
        Assert.Contains(",4,", await LatestAsync("forecast.csv"), StringComparison.Ordinal);
        Assert.Equal(first.Id, (await Reports.OfDayAsync(new(2026, 11, 21), CancellationToken.None))!.Run);
        // The durable hub does what was not done: training again, and then the publication, once or twice.
        Assert.True(await Run.TrainAsync(second.Id, CancellationToken.None));
        await Run.PublishAsync(second.Id, CancellationToken.None);
        await Run.PublishAsync(second.Id, CancellationToken.None);
        Assert.Equal(second.Id, (await Reports.InForceAsync(CancellationToken.None))!.Run);
        Assert.Equal(await BlobTextAsync($"2026/11/21/{second.Id}/forecast.csv"), await BlobTextAsync("latest/forecast.csv"));
        Assert.Contains("A,S1,2026-11-21,22,", await LatestAsync("forecast.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_did_not_write_all_of_its_files_is_not_published()
    {
        await LedgerAsync(Sale("A", "2026-11-19", 4));
        await NightAsync();
        Clock.Now = Clock.Now.AddDays(1);
        var second = await Run.BeginAsync("test", CancellationToken.None);
        await Run.CompactAsync(second.Id, CancellationToken.None);
        await Run.TrainAsync(second.Id, CancellationToken.None);
        await Blob(ForecastReports.Container, $"2026/11/22/{second.Id}/metrics.json").DeleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run.PublishAsync(second.Id, CancellationToken.None));
        Assert.Equal(new DateOnly(2026, 11, 21), (await Reports.InForceAsync(CancellationToken.None))!.Day);
    }

    [Fact]
    public async Task A_forecast_that_is_no_forecast_is_not_published()
    {
        await LedgerAsync(Sale("A", "2026-11-19", 4));
        engine.Change = static result =>
            result with
            {
                Forecasts = [result.Forecasts[0] with { Mean = [.. result.Forecasts[0].Mean.Select(static _ => float.NaN)] }],
            };
        Assert.Contains(
            "negative or not finite",
            (await Assert.ThrowsAsync<InvalidOperationException>(NightAsync)).Message,
            StringComparison.Ordinal
        );
        Assert.Null(await Reports.InForceAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Before_the_first_sale_a_run_ends_without_a_fault_and_one_that_was_lost_is_closed_by_the_next()
    {
        var lost = await Run.BeginAsync("test", CancellationToken.None);
        Clock.Now = Clock.Now.AddMinutes(1);
        var run = await NightAsync();
        Assert.Equal(
            (RunStatus.NothingToForecast, "No sale is known before today, so nothing can be forecast yet."),
            (run.Status, run.Result)
        );
        Assert.Equal(RunStatus.Failed, (await Runs.GetAsync(lost.Id, CancellationToken.None)).Status);
        Assert.Null(await Runs.FindAsync("forecast-../../x", CancellationToken.None));
    }

    [Theory]
    [InlineData("02:30", "2026-11-21T02:29:59Z", false)]
    [InlineData("02:30", "2026-11-21T02:30:00Z", true)]
    [InlineData("02:30", "2026-11-21T03:29:00Z", true)]
    [InlineData("02:30", "2026-11-21T03:30:00Z", false)]
    [InlineData("23:45", "2026-11-21T00:10:00Z", true)]
    public void The_night_is_due_within_an_hour_and_once(string at, string now, bool due)
    {
        var (time, moment) = (
            TimeOnly.Parse(at, System.Globalization.CultureInfo.InvariantCulture),
            DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)
        );
        Assert.Equal(due, NightlyRun.IsDue(time, moment, []));
        RunRecord Begun(string by, double hoursAgo) =>
            new("r", new(2026, 11, 21), RunStatus.Failed, by, moment.AddHours(-hoursAgo), moment, null, "", 0, null, null);
        Assert.Equal(due, NightlyRun.IsDue(time, moment, [Begun("Petra", 0), Begun(NightlyRun.By, 23)]));
        Assert.False(NightlyRun.IsDue(time, moment, [Begun(NightlyRun.By, 0)]));
    }

    private sealed class Scripted : IDemandEngine
    {
        public string? Fails { get; set; }

        public string? Champions { get; private set; }

        public Func<ForecastResult, ForecastResult> Change { get; set; } = static result => result;

        public ForecastResult Run(
            SalesHistory history,
            string? championsJson,
            IProgress<(string Step, double Share)>? progress,
            CancellationToken cancellationToken
        )
        {
            Champions = championsJson;
            return Fails is { } why
                ? throw new InvalidOperationException(why)
                : Change(new TrailingMeanEngine().Run(history, championsJson, progress, cancellationToken));
        }
    }
}
