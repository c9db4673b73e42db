using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Hosting;

namespace Stockgate.Emulator.Worker.Messages;

/// <summary>Where a function's messages come from, its trigger's settings resolved.</summary>
internal sealed record MessageSource(string ConnectionString, string Path, bool Sessions, bool Batched, bool AutoComplete)
{
    // The real host's name for the connection where the trigger names none.
    private const string DefaultConnection = "AzureWebJobsServiceBus";

    /// <exception cref="InvalidOperationException">A setting is missing or not for this runtime; the message names it.</exception>
    public static MessageSource Of(Function function, IConfiguration configuration)
    {
        var trigger = (ServiceBusTriggerAttribute)function.Trigger;
        var setting = trigger.Connection is { Length: > 0 } named ? SettingNames.Resolve(named, configuration) : DefaultConnection;
        if (configuration[$"{setting}:fullyQualifiedNamespace"] is not null)
            throw new InvalidOperationException($"the setting '{setting}__fullyQualifiedNamespace' is for a real namespace; on this runtime set '{setting}' to a connection string with UseDevelopmentEmulator=true");
        var connection = configuration[setting] ?? configuration.GetConnectionString(setting)
            ?? throw new InvalidOperationException($"the setting '{setting}', its Service Bus connection string, is not set (environment or local.settings.json)");
        var path = trigger.QueueName is { } queue
            ? SettingNames.Resolve(queue, configuration)
            : ServiceBusClient.SubscriptionPath(SettingNames.Resolve(trigger.TopicName!, configuration), SettingNames.Resolve(trigger.SubscriptionName!, configuration));
        return new MessageSource(connection, path, trigger.IsSessionsEnabled, trigger.IsBatched, trigger.AutoCompleteMessages);
    }

    /// <summary>Opens a client and holds the trigger to what the entity is.</summary>
    /// <exception cref="InvalidOperationException">There is no such entity, or one of them has sessions and the other doesn't.</exception>
    public ServiceBusClient Open(Function function)
    {
        var client = new ServiceBusClient(ConnectionString);
        try
        {
            var entity = client.Broker.Catalog.Queue(Path, SubQueue.None);
            if (entity.HasSessions != Sessions)
                throw new InvalidOperationException($"{function}: '{Path}' {(entity.HasSessions ? "requires sessions; set IsSessionsEnabled = true" : "has no sessions; remove IsSessionsEnabled")}");
            return client;
        }
        catch (ServiceBusException missing) when (missing.Reason == ServiceBusFailureReason.MessagingEntityNotFound)
        {
            throw new InvalidOperationException($"{function}: {missing.Message}", missing);
        }
    }
}
