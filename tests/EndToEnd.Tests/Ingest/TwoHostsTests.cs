using Stockgate.Demo.Local;
using Stockgate.Local.Run;

namespace Stockgate.EndToEnd.Tests.Ingest;

/// <summary>
/// Two hosts with a worker each on one broker and one storage: what one process could keep to itself has to hold between two.
/// </summary>
public class TwoHostsTests
{
    private const int Skus = 12,
        Rounds = 40;

    [Fact]
    public async Task Two_hosts_apply_everything_once_while_the_workers_of_both_are_killed()
    {
        await using var running = await RunningApp.StartAsync();
        var settings = new AppSettings { StateFolder = Path.Combine(running.Folder, "second"), Port = Ports.Free() };
        foreach (var (name, value) in running.Settings.Environment)
            settings.Environment[name] = value;
        settings.Environment["ServiceBus"] = running.App.ServiceBusConnection;
        await using var second = await LocalApp.StartAsync(settings);
        // Of the first one's settings: both know the same secret.
        using var other = new Partner(second.BaseAddress, running.Settings);

        var events = Story().ToArray();
        new Random(3).Shuffle(events);
        var batches = events.Chunk(20).ToArray();
        for (var number = 0; number < batches.Length; number++)
        {
            // To both: each of them may be the one that takes it, and it counts once.
            await AcceptedAsync(number % 2 == 0 ? running.Partner : other, batches[number]);
            if (number % 3 == 0)
                await AcceptedAsync(number % 2 == 0 ? other : running.Partner, batches[number]);
            if (number == batches.Length / 3)
                running.App.KillWorker();
            if (number == batches.Length * 2 / 3)
                second.KillWorker();
        }
        await running.ProjectedAsync();

        for (var sku = 0; sku < Skus; sku++)
        {
            var stock = await running.ReadAsync($"inventory/both-{sku}");
            // Counted 1,000; of every round two come in and one is sold and not shipped yet.
            Assert.Equal(1_000m + Rounds * 2 - Rounds, stock.GetProperty("availableToPromise").GetDecimal());
        }
        Assert.Equal(0, (await running.App.BacklogAsync()).DeadLettered);
    }

    // A call that was in flight when the worker died is a 500; a sender sends the same again.
    private static Task AcceptedAsync(Partner partner, byte[][] batch) =>
        RunningApp.UntilAsync(
            async () =>
            {
                using var response = await partner.SendAsync(Partner.Batch(batch));
                return response.StatusCode == System.Net.HttpStatusCode.Accepted;
            },
            "a batch is accepted"
        );

    private static IEnumerable<byte[]> Story()
    {
        for (var number = 0; number < Skus; number++)
        {
            var sku = $"both-{number}";
            yield return Events.Counted(sku, 1_000, id: $"{sku}-count");
            for (var round = 1; round <= Rounds; round++)
            {
                yield return Events.Moved(sku, 2, Events.Noon.AddMinutes(round), id: $"{sku}-move-{round}");
                yield return Events.Placed(
                    $"{sku}-order-{round}",
                    sku,
                    1,
                    Events.Noon.AddMinutes(round),
                    id: $"{sku}-order-{round}-placed"
                );
            }
        }
    }
}
