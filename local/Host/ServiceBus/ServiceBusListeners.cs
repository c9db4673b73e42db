using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Settings;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>The Service Bus functions of the app.</summary>
internal sealed class ServiceBusListeners(
    HostJson host,
    AppSettings settings,
    WorkerSupervisor workers,
    FunctionInputs inputs,
    HeldMessages held,
    TimeProvider time,
    ILogger<ServiceBusListeners> log
)
{
    private readonly Dictionary<string, ServiceBusClient> clients = new(StringComparer.OrdinalIgnoreCase);
    private IMessageListener[] listeners = [];

    public void Fill(IEnumerable<FunctionDefinition> functions)
    {
        var made = new List<IMessageListener>();
        foreach (var function in functions.Where(function => function.Runs && function.Trigger!.Is("serviceBusTrigger")))
        {
            try
            {
                made.Add(Listener(BusTrigger.Read(function, Client(function.Trigger!["connection"]), settings, host.ServiceBus)));
            }
            catch (Exception wrong) when (wrong is HostFault or FormatException or ArgumentException)
            {
                function.Fault = wrong.Message;
            }
        }
        listeners = [.. made];
    }

    public void Start()
    {
        foreach (var listener in listeners)
            listener.Start();
    }

    /// <summary>Nothing more is received; what is in work finishes, bounded.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        await Task.WhenAny(Task.WhenAll(listeners.Select(listener => listener.StopAsync())), Task.Delay(patience, time));
        foreach (var client in clients.Values)
            await client.DisposeAsync();
    }

    private IMessageListener Listener(BusTrigger trigger)
    {
        var invoker = new MessageInvoker(trigger, workers, inputs, held, log);
        if (trigger.Batched)
            return new BatchListener(trigger, invoker, workers, held, host.ServiceBus, time, log);
        return trigger.Sessions
            ? new SessionListener(trigger, invoker, workers, held, host.ServiceBus, log)
            : new SingleListener(trigger, invoker, workers, host.ServiceBus, log);
    }

    private ServiceBusClient Client(string? connection)
    {
        var name = string.IsNullOrEmpty(connection) ? "AzureWebJobsServiceBus" : settings.Resolve(connection);
        if (clients.TryGetValue(name, out var known))
            return known;
        return clients[name] = settings[name] is { Length: > 0 } text
            ? new ServiceBusClient(text)
            : new ServiceBusClient(Namespace(name), new DefaultAzureCredential());
    }

    private string Namespace(string name) =>
        settings[$"{name}:fullyQualifiedNamespace"]
        ?? throw new HostFault($"the setting '{name}' (a connection string) or '{name}__fullyQualifiedNamespace' is missing");
}
