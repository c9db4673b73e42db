using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Engine;

namespace Stockgate.Emulator.Tests.HubChild;

/// <summary>What the process does. Each line of its output is written after what it tells was acknowledged.</summary>
internal static class Worker
{
    private static readonly string[] Kinds = ["Chain", "Fan", "Parent", "Counter", "Collector"];

    public static async Task<int> WorkAsync(string folder, int seed)
    {
        using var effects = new Effects(folder);
        await using var hub = Open(folder, effects);
        var client = new HubClient(hub);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => StartManyAsync(client, seed, worker)));
        return 0;
    }

    public static async Task<int> FinishAsync(string folder)
    {
        using var effects = new Effects(folder);
        await using var hub = Open(folder, effects);
        var client = new HubClient(hub);
        var ids = new List<string>();
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 1_000)))
        {
            ids.Add(instance.InstanceId);
            if (instance.Name == "Collector") await client.RaiseEventAsync(instance.InstanceId, "TOKEN", "end");
        }
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        foreach (var id in ids)
        {
            var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
            Console.WriteLine($"{id} {ended.Name} {ended.RuntimeStatus} {string.Join(',', ended.ReadOutputAs<string[]>() ?? [])}");
        }
        return 0;
    }

    private static async Task StartManyAsync(HubClient client, int seed, int worker)
    {
        var random = new Random(seed * 100 + worker);
        for (var i = 0; ; i++)
        {
            var kind = Kinds[random.Next(Kinds.Length)];
            var id = $"{kind}-{seed}-{worker}-{i}";
            await client.ScheduleNewOrchestrationInstanceAsync(kind, null, new StartOrchestrationOptions(id));
            Console.WriteLine($"started {id}");
            if (kind == "Collector")
            {
                for (var n = 0; n < 3; n++)
                {
                    await client.RaiseEventAsync(id, "token", $"{id}.{n}");
                    Console.WriteLine($"raised {id} {id}.{n}");
                }
            }
            else if (i % 4 == 0)
            {
                await client.WaitForInstanceCompletionAsync(id);
                Console.WriteLine($"ended {id}");
            }
        }
    }

    // Few are kept in memory, so that instances are also brought back from the disk while the process lives.
    private static TaskHub Open(string folder, Effects effects) =>
        TaskHub.Open(new HubOptions(Path.Combine(folder, "hub.db")) { CachedInstances = 100 }, Orchestrations.Registry(effects), new ServiceCollection().BuildServiceProvider());
}
