using System.Text.Json;

namespace Stockgate.Local.Tests.Host;

/// <summary>Timer functions.</summary>
[Collection(HostCollection.Name)]
public sealed class TimerTests(HostFixture fixture)
{
    [Fact]
    public async Task A_timer_runs_on_schedule_and_knows_its_last_and_next_run()
    {
        await Patience.UntilAsync(() => fixture.Journal("EverySecond").Length >= 4, "four runs");
        var info = JsonDocument.Parse(fixture.Journal("EverySecond")[3]).RootElement;
        var status = info.GetProperty("ScheduleStatus");
        Assert.True(status.GetProperty("Next").GetDateTime() > status.GetProperty("Last").GetDateTime());
        Assert.False(info.GetProperty("IsPastDue").GetBoolean());
    }

    [Fact]
    public async Task A_timer_whose_setting_is_missing_is_in_error_and_the_others_run()
    {
        var errors = (await fixture.Host.StatusAsync()).GetProperty("errors").EnumerateArray().Select(error => error.GetString()!).ToList();
        Assert.Contains(
            errors,
            error => error.StartsWith("Unset:", StringComparison.Ordinal) && error.Contains("NoSuchSetting", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_run_that_was_missed_happens_once_at_start_and_is_past_due()
    {
        using var folder = new Folder();
        var state = Directory.CreateDirectory(Path.Combine(folder.Path, "state")).FullName;
        var long_ago = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        File.WriteAllText(
            Path.Combine(state, "timers.json"),
            JsonSerializer.Serialize(new Dictionary<string, object> { ["Yearly"] = new { Since = long_ago, Last = long_ago } })
        );
        var journal = Path.Combine(folder.Path, "journal");
        await using var host = await HostProcess.StartAsync(HostProcess.App, state, fixture.SettingsOfAnother(journal));
        await Patience.UntilAsync(() => HostFixture.ReadJournal(journal, "Yearly").Length > 0, "the missed run");
        Assert.Contains("\"IsPastDue\":true", HostFixture.ReadJournal(journal, "Yearly").Single(), StringComparison.Ordinal);
    }
}
