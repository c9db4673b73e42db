namespace Stockgate.EndToEnd.Tests.Ingest;

public class StartTests
{
    [Fact]
    public async Task It_starts_without_its_tables_says_so_and_goes_on_when_they_are_back()
    {
        Relay? relay = null;
        await using var running = new RunningApp
        {
            Storage = azurite =>
            {
                relay = new Relay(azurite.TableEndpoint.Port, isCut: true);
                return azurite.ConnectionString.Replace($":{azurite.TableEndpoint.Port}/", $":{relay.Port}/", StringComparison.Ordinal);
            },
            Configure = static settings => settings.ReadyPath = null,
        };
        await running.InitializeAsync();
        await using var ends = relay!;

        using (var refused = await running.CallAsync(HttpMethod.Get, "inventory/early", by: null))
        {
            await Problem.IsAsync(refused, 503, "storage-unavailable", null);
            Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        relay!.Mend();
        await running.Partner.AcceptedAsync(Events.Counted("early", 12));
        await RunningApp.UntilAsync(
            async () =>
            {
                using var answer = await running.GetAsync("inventory/early");
                return answer.IsSuccessStatusCode;
            },
            "the count is in the tables"
        );
        Assert.Equal(12, (await running.ReadAsync("inventory/early")).GetProperty("availableToPromise").GetDecimal());
    }
}
