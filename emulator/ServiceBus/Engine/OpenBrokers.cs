using Azure.Messaging.ServiceBus;
using Stockgate.Emulator.ServiceBus.Config;

namespace Stockgate.Emulator.ServiceBus.Engine;

/// <summary>The brokers of this process: one for each file, shared by its clients, closed with the last of them.</summary>
internal static class OpenBrokers
{
    private static readonly Dictionary<string, Entry> Entries = [];
    private static readonly Lock Gate = new();

    public static Broker Acquire(string dataFile, string entityConfig, TimeProvider time)
    {
        while (true)
        {
            Task closing;
            lock (Gate)
            {
                if (!Entries.TryGetValue(dataFile, out var entry))
                {
                    var broker = new Broker(dataFile, EntityFile.Read(entityConfig), time);
                    Entries[dataFile] = new Entry(broker, entityConfig) { Clients = 1 };
                    return broker;
                }
                if (entry.Closing is null)
                {
                    if (entry.EntityConfig != entityConfig)
                        throw new InvalidOperationException($"{dataFile} is open in this process with the entities of {entry.EntityConfig}, not of {entityConfig}.");
                    entry.Clients++;
                    return entry.Broker;
                }
                closing = entry.Closing;
            }
            // The last client is just leaving; its file is free in a moment.
            closing.GetAwaiter().GetResult();
        }
    }

    public static async Task Release(Broker broker)
    {
        Task closing;
        lock (Gate)
        {
            var entry = Entries[broker.Path];
            if (--entry.Clients > 0) return;
            closing = entry.Closing = Close(broker);
        }
        await closing;
    }

    private static async Task Close(Broker broker)
    {
        // Off the caller's stack: it holds the gate.
        await Task.Yield();
        try
        {
            await broker.Close();
        }
        finally
        {
            lock (Gate) Entries.Remove(broker.Path);
        }
    }

    private sealed record Entry(Broker Broker, string EntityConfig)
    {
        public int Clients { get; set; }

        public Task? Closing { get; set; }
    }
}
