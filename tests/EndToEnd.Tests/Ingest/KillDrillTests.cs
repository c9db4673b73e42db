using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Ingest;

/// <summary>
/// Worker, host and broker are killed with SIGKILL while events come in, one at a time and all together. What was accepted is there,
/// once.
/// </summary>
public class KillDrillTests
{
    private const int Skus = 8,
        EventsBetweenKills = 40;

    [Fact]
    public Task A_kill_of_each_and_of_all_loses_and_doubles_nothing() => DrillAsync(rounds: 1);

    [LongFact]
    public Task Fifty_kills_of_each_and_of_all_lose_and_double_nothing() => DrillAsync(rounds: 50);

    private static async Task DrillAsync(int rounds)
    {
        await using var running = await RunningApp.StartAsync();
        await running.Partner.AcceptedAsync(
            Enumerable.Range(0, Skus).Select(static sku => Events.Counted(Sku(sku), 0, id: $"{Sku(sku)}-count"))
        );
        Func<Task>[] kills =
        [
            () =>
            {
                running.App.KillWorker();
                return Task.CompletedTask;
            },
            running.App.KillHostAsync,
            running.App.KillBrokerAsync,
            running.App.KillAsync,
        ];
        var posted = 0;
        for (var round = 0; round < rounds; round++)
            foreach (var kill in kills)
            {
                var posting = Parallel.ForAsync(
                    posted,
                    posted += EventsBetweenKills,
                    new ParallelOptions { MaxDegreeOfParallelism = 4 },
                    async (number, _) => await PostAsync(running, number)
                );
                await kill();
                await running.App.RestartAsync();
                await posting;
            }
        await running.ProjectedAsync(TimeSpan.FromMinutes(5));

        var each = posted / Skus;
        for (var sku = 0; sku < Skus; sku++)
            Assert.Equal(each, (await running.ReadAsync($"inventory/{Sku(sku)}")).GetProperty("availableToPromise").GetDecimal());
        Assert.Equal(0, (await running.App.BacklogAsync()).DeadLettered);
    }

    private static string Sku(int number) => $"drilled-{number}";

    // As a sender does: whatever is not 202 is sent again, under the same id.
    private static async Task PostAsync(RunningApp running, int number)
    {
        var record = Events.Moved(Sku(number % Skus), 1, Events.Noon.AddMinutes(1 + number), id: $"drilled-move-{number}");
        await RunningApp.UntilAsync(
            async () =>
            {
                try
                {
                    using var response = await running.Partner.SendAsync(Partner.Batch([record]));
                    return response.StatusCode == System.Net.HttpStatusCode.Accepted;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            $"event {number} is accepted",
            TimeSpan.FromMinutes(5)
        );
    }
}
