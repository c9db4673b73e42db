using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;
using Xunit.Abstractions;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>
/// Many promotions that start at one moment, in an app of their own. Forty in every run; five hundred with <c>STOCKGATE_LONG_TESTS=1</c>
/// (<c>--filter Five_hundred --logger "console;verbosity=detailed"</c> shows the figures).
/// </summary>
[Collection(Name)]
public class ManyPromotionsTests(ITestOutputHelper output)
{
    private const string Name = "many promotions";

    /// <summary>The long run measures their minute: nothing else is tested beside it.</summary>
    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;

    private static readonly Currency Gbp = Currency.Parse("GBP");

    [Fact]
    public Task Forty_promotions_with_one_start_are_all_live_once_and_none_before_it() =>
        RunAsync(40, startsIn: TimeSpan.FromSeconds(30), lead: TimeSpan.FromSeconds(12), within: TimeSpan.FromMinutes(5));

    [LongFact]
    public Task Five_hundred_promotions_with_one_start_are_all_live_within_their_minute() =>
        RunAsync(500, startsIn: TimeSpan.FromMinutes(4), lead: TimeSpan.FromSeconds(90), within: TimeSpan.FromMinutes(1));

    private async Task RunAsync(int count, TimeSpan startsIn, TimeSpan lead, TimeSpan within)
    {
        var world = new PromotionWorld
        {
            Policy = new Dictionary<string, string>
            {
                ["Promotions__PrepareLead"] = $"{lead:c}",
                ["Promotions__FinalCheckLead"] = $"{lead / 3:c}",
                ["Promotions__PrepareTime"] = $"{within:c}",
                ["Promotions__ActivateTime"] = $"{within:c}",
                ["Promotions__RevertTime"] = "00:02:00",
                ["Promotions__RetryEvery"] = "00:00:10",
                ["Promotions__AskEvery"] = "00:00:02",
                ["Promotions__JudgeEvery"] = "00:05:00",
                ["Promotions__MonitorEvery"] = "00:05:00",
            },
        };
        await world.InitializeAsync();
        try
        {
            var items = await ItemsAsync(world, count + count / 2);
            var begun = Stopwatch.GetTimestamp();
            var start = TimeProvider.System.GetUtcNow() + startsIn;
            var ids = new string[count];
            // Every second one has two items; nobody shares one.
            await Parallel.ForAsync(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (i, _) =>
                {
                    var own = i % 2 == 0 ? [items[i]] : new[] { items[i], items[count + i / 2] };
                    var request = PromotionWorld.Request(own, 0, 3_600, now: start);
                    request["name"] = $"Deal {i}";
                    ids[i] = await world.ApprovedAsync(request);
                }
            );
            output.WriteLine($"{count} promotions posted and approved in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s");
            var ready = await UntilAsync(
                world,
                count,
                start - lead,
                static r => r.State is PromotionState.Scheduled or PromotionState.Preparing
            );
            output.WriteLine($"ready {(start - TimeProvider.System.GetUtcNow()).TotalSeconds:0.0} s before the start");
            Assert.Equal(count, ready.Count);
            if (start - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } rest)
                await Task.Delay(rest);
            var live = await UntilAsync(world, count, start + 2 * within, static r => r.State == PromotionState.Live);
            var after = live.Select(r => (r.LiveAt!.Value - start).TotalSeconds).Order().ToList();
            output.WriteLine(
                $"live within 60 s: {after.Count(static s => s <= 60)} of {count}; first {after[0]:0.0} s, half {after[after.Count / 2]:0.0} s, last {after[^1]:0.0} s after the start"
            );
            output.WriteLine(
                $"messages: {world.Partners.Messages.Count} ({world.Partners.Messages.Sum(static m => m.Times)} deliveries); app's memory {Memory(world):0} MiB"
            );
            Assert.Equal(count, after.Count(s => s >= 0 && s <= within.TotalSeconds));
            Assert.All(items, sku => world.Shows(sku, 16));
            Assert.All(ids, id => Assert.All(PromotionWorld.Channels, channel => Assert.Equal(1, world.Activations(id, channel))));
            var ending = TimeProvider.System.GetUtcNow();
            await Parallel.ForEachAsync(
                ids,
                new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (id, _) => await world.CommandAsync(id, "End")
            );
            var ended = await UntilAsync(world, count, ending.AddSeconds(180), static r => r.RestoredAt is not null);
            output.WriteLine(
                $"ended together: the last one's prices were back {(ended.Max(static r => r.RestoredAt)!.Value - ending).TotalSeconds:0.0} s after the first command"
            );
            Assert.Equal(count, ended.Count);
            Assert.All(items, sku => world.Shows(sku, 20));
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    private static double Memory(PromotionWorld world) => world.Running.App.Memory() ?? 0;

    private static async Task<string[]> ItemsAsync(PromotionWorld world, int count)
    {
        string[] items = [.. Enumerable.Range(0, count).Select(static i => $"M-{i:0000}")];
        var now = TimeProvider.System.GetUtcNow();
        foreach (var sku in items)
            world.Partners.Seed(new Sku(sku), new Money(20, Gbp));
        await world.Running.Partner.AcceptedAsync(
            items.SelectMany(sku =>
                new[]
                {
                    Events.Of(
                        "product.updated",
                        new
                        {
                            sku,
                            title = "A thing",
                            unitCost = 8,
                            currency = "GBP",
                        },
                        now
                    ),
                    Events.Of(
                        "price.changed",
                        new
                        {
                            sku,
                            price = 20,
                            currency = "GBP",
                        },
                        now
                    ),
                    Events.Counted(sku, 5_000, now, "store-n"),
                    Events.Counted(sku, 5_000, now, "depot"),
                }
            )
        );
        await world.Running.ProjectedAsync();
        return items;
    }

    /// <summary>Looks, seldom enough not to be in the way, until all are so or the time is over.</summary>
    private static async Task<List<PromotionRecord>> UntilAsync(
        PromotionWorld world,
        int count,
        DateTimeOffset deadline,
        Func<PromotionRecord, bool> isSo
    )
    {
        var tables = new StateTables(new TableServiceClient(world.Running.Azurite.ConnectionString), 1);
        var store = new PromotionStore(
            tables,
            new BlobServiceClient(world.Running.Azurite.ConnectionString),
            new DecisionLog(tables),
            TimeProvider.System
        );
        while (true)
        {
            var found = (await store.ListAsync(onlyOpen: false, CancellationToken.None)).Where(isSo).ToList();
            if (found.Count >= count || TimeProvider.System.GetUtcNow() > deadline)
                return found;
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }
}
