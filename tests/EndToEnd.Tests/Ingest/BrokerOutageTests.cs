namespace Stockgate.EndToEnd.Tests.Ingest;

public class BrokerOutageTests
{
    [Fact]
    public async Task A_sender_is_told_to_come_back_while_the_queue_is_away_and_what_is_sent_again_counts_once()
    {
        await using var running = await RunningApp.StartAsync();
        var before = Events.Moved("away", 3, id: "away-1");
        await running.Partner.AcceptedAsync(Events.Counted("away", 10, Events.Noon.AddDays(-1)), before);
        await running.App.KillBrokerAsync();

        // The partner of the tests tries several times, as senders do, and is told so each time.
        using (var refused = await running.Partner.SendAsync(Events.Moved("away", 4, id: "away-2")))
        {
            await Problem.IsAsync(refused, 503, "temporarily-unavailable", null);
            Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        await running.App.RestartAsync();
        await running.Partner.AcceptedAsync(before, Events.Moved("away", 4, id: "away-2"));
        await running.ProjectedAsync();
        Assert.Equal(17, (await running.ReadAsync("inventory/away")).GetProperty("availableToPromise").GetDecimal());
    }
}
