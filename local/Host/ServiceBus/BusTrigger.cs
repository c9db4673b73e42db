using Azure.Messaging.ServiceBus;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Settings;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>A serviceBusTrigger: the function, where its messages come from and in what form it takes them.</summary>
internal sealed record BusTrigger(
    FunctionDefinition Function,
    ServiceBusClient Client,
    string? Queue,
    string? Topic,
    string? Subscription,
    bool Sessions,
    bool Batched,
    bool AutoComplete
)
{
    /// <summary>The function takes the messages themselves, not only their bodies.</summary>
    public bool Raw { get; } = Function.Trigger!.Property("supportsDeferredBinding");

    public string Source => Queue ?? $"{Topic}/{Subscription}";

    /// <exception cref="HostFault">A name or a setting is missing.</exception>
    public static BusTrigger Read(FunctionDefinition function, ServiceBusClient client, AppSettings settings, ServiceBusSettings host)
    {
        var binding = function.Trigger!;
        string? Name(string member) => binding[member] is { Length: > 0 } text ? settings.Resolve(text) : null;
        var (queue, topic, subscription) = (Name("queueName"), Name("topicName"), Name("subscriptionName"));
        if (queue is null && (topic is null || subscription is null))
            throw new HostFault("its trigger names neither a queue nor a topic with a subscription");
        var batched = "Many".Equals(binding["cardinality"], StringComparison.OrdinalIgnoreCase);
        return new BusTrigger(
            function,
            client,
            queue,
            topic,
            subscription,
            binding.Flag("isSessionsEnabled"),
            batched,
            binding.Flag("autoCompleteMessages", host.AutoComplete)
        );
    }
}
