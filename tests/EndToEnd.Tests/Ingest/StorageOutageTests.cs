using System.Diagnostics;
using System.Globalization;

namespace Stockgate.EndToEnd.Tests.Ingest;

public class StorageOutageTests
{
    // Longer than a healthy Azurite takes for any call, and than the storage client's own retries.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Events_are_accepted_while_storage_does_not_answer_and_projected_when_it_does()
    {
        await using var running = await RunningApp.StartAsync();
        await SurvivesAsync(running, () => SignalAsync(running, "STOP"), () => SignalAsync(running, "CONT"));
    }

    [Fact]
    public async Task Events_are_accepted_while_storage_refuses_connections_and_projected_when_it_takes_them()
    {
        Relay? relay = null;
        await using var running = await RunningApp.StartAsync(azurite =>
        {
            relay = new Relay(azurite.TableEndpoint.Port);
            return azurite.ConnectionString.Replace($":{azurite.TableEndpoint.Port}/", $":{relay.Port}/", StringComparison.Ordinal);
        });
        await using (relay)
            await SurvivesAsync(
                running,
                relay!.CutAsync,
                () =>
                {
                    relay!.Mend();
                    return Task.CompletedTask;
                }
            );
    }

    private static async Task SurvivesAsync(RunningApp running, Func<Task> takeAway, Func<Task> bringBack)
    {
        const int orders = 200;
        await running.Partner.AcceptedAsync(Events.Counted("outage", 1_000));
        await running.ProjectedAsync();
        await takeAway();
        try
        {
            await running.Partner.AcceptedAsync(
                Enumerable.Range(0, orders).Select(i => Events.Placed($"outage-{i}", "outage", 1, Events.Noon.AddMinutes(i + 1)))
            );
            await Task.Delay(Outage);
            Assert.Equal((200, 503), (await HealthAsync(running, "live"), await HealthAsync(running, "ready")));
            Assert.True((await running.App.BacklogAsync()).Waiting >= orders, "Nothing can have been projected yet.");
        }
        finally
        {
            await bringBack();
        }
        await running.ProjectedAsync();
        Assert.Equal(200, await HealthAsync(running, "ready"));
        Assert.Equal(0, (await running.App.BacklogAsync()).DeadLettered);
        Assert.Equal(1_000 - orders, (await running.ReadAsync("inventory/outage")).GetProperty("availableToPromise").GetDecimal());
        Assert.Equal(orders, (await running.Books.ReadAsync(default)).Orders);
        // What came meanwhile is on the log too.
        await RunningApp.UntilAsync(
            async () =>
                (await running.ReadAsync("channels/retailer/deliveries?order=outage-0")).GetProperty("deliveries").GetArrayLength() > 0,
            "the delivery is archived"
        );
    }

    // Without a key, as a load balancer asks.
    private static async Task<int> HealthAsync(RunningApp running, string what)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(running.App.BaseAddress, $"api/health/{what}"));
        return (int)response.StatusCode;
    }

    private static async Task SignalAsync(RunningApp running, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", running.Azurite.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
