using Microsoft.DurableTask;

namespace Stockgate.Emulator.Tests.HubChild;

/// <summary>Orchestrations whose output lists what each of their activities returned: a text that no other run of an activity returns.</summary>
internal static class Orchestrations
{
    public const int Steps = 5, Width = 20, Children = 3, Generations = 8;

    public static DurableTaskRegistry Registry(Effects effects) => new DurableTaskRegistry()
        .AddActivityFunc<int, string>("Step", async (context, call) =>
        {
            // Some are slow, so that a kill finds them running.
            if (call % 3 == 0) await Task.Delay(2);
            return effects.Record(context.InstanceId, call);
        })
        .AddOrchestratorFunc<string[]>("Chain", async context =>
        {
            var tokens = new List<string>();
            for (var i = 0; i < Steps; i++) tokens.Add(await context.CallActivityAsync<string>("Step", i));
            return [.. tokens];
        })
        .AddOrchestratorFunc<string[]>("Fan", context =>
            Task.WhenAll(Enumerable.Range(0, Width).Select(i => context.CallActivityAsync<string>("Step", i))))
        .AddOrchestratorFunc<string[]>("Parent", async context =>
        {
            var chains = Enumerable.Range(0, Children).Select(_ => context.CallSubOrchestratorAsync<string[]>("Chain")).ToList();
            await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            return [.. (await Task.WhenAll(chains)).SelectMany(tokens => tokens)];
        })
        .AddOrchestratorFunc<string[], string[]>("Counter", async (context, before) =>
        {
            string[] tokens = [.. before ?? [], await context.CallActivityAsync<string>("Step", before?.Length ?? 0)];
            if (tokens.Length < Generations) context.ContinueAsNew(tokens);
            return tokens;
        })
        .AddOrchestratorFunc<string[]>("Collector", async context =>
        {
            var tokens = new List<string>();
            while (await context.WaitForExternalEvent<string>("token") is var token && token != "end") tokens.Add(token);
            return [.. tokens];
        });
}

/// <summary>What activities did to the world: a line each in a file, written before they return.</summary>
internal sealed class Effects(string folder) : IDisposable
{
    private readonly FileStream file = new(Path.Combine(folder, "effects.txt"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public string Record(string instance, int call)
    {
        var token = Guid.NewGuid().ToString("N");
        lock (file) file.Write(System.Text.Encoding.ASCII.GetBytes($"{instance} {call} {token}\n"));
        return token;
    }

    public void Dispose() => file.Dispose();
}
