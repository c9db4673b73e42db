using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Stockgate.Emulator.ServiceBus.Config;
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
        var connection = new[] { configuration[setting], configuration.GetConnectionString(setting) }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))
            ?? throw new InvalidOperationException($"the setting '{setting}', its Service Bus connection string, is not set (environment or local.settings.json)");
        var path = trigger.QueueName is { } queue
            ? SettingNames.Resolve(queue, configuration)
            : ServiceBusClient.SubscriptionPath(SettingNames.Resolve(trigger.TopicName!, configuration), SettingNames.Resolve(trigger.SubscriptionName!, configuration));
        CheckEntity(connection, setting, path, trigger.IsSessionsEnabled);
        return new MessageSource(connection, path, trigger.IsSessionsEnabled, trigger.IsBatched, trigger.AutoCompleteMessages);
    }

    // Held against the entity file before any broker opens, so that every function's mistake is found at once.
    private static void CheckEntity(string connection, string setting, string path, bool sessions)
    {
        ConnectionString parsed;
        try
        {
            parsed = Stockgate.Emulator.ServiceBus.Config.ConnectionString.Parse(connection);
        }
        catch (FormatException unread)
        {
            throw new InvalidOperationException($"the setting '{setting}': {unread.Message}", unread);
        }
        var entities = EntityFile.Read(parsed.EntityConfig);
        var entity = entities.Queues.Select(queue => (Path: queue.Name, queue.RequiresSession))
            .Concat(entities.Topics.SelectMany(topic => topic.Subscriptions.Select(s => (Path: ServiceBusClient.SubscriptionPath(topic.Name, s.Name), s.RequiresSession))))
            .Where(declared => declared.Path.Equals(path, StringComparison.OrdinalIgnoreCase)).Take(1).ToList();
        if (entity.Count == 0) throw new InvalidOperationException($"'{path}' is not declared in {entities.File}");
        if (entity[0].RequiresSession != sessions)
            throw new InvalidOperationException($"'{path}' {(sessions ? "has no sessions; remove IsSessionsEnabled" : "requires sessions; set IsSessionsEnabled = true")}");
    }

    /// <summary>Opens a client, and with it the broker: a file that can't be used stops the start.</summary>
    /// <exception cref="InvalidOperationException">The broker's file can't be opened; the message names the function.</exception>
    public ServiceBusClient Open(Function function, TimeProvider time)
    {
        var client = new ServiceBusClient(ConnectionString, options: null, time);
        try
        {
            _ = client.Broker;
            return client;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or InvalidOperationException or ServiceBusException)
        {
            throw new InvalidOperationException($"{function}: {unusable.Message}", unusable);
        }
    }
}
