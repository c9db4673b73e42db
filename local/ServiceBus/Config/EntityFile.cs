using System.Text.Json;

namespace Stockgate.Local.ServiceBus.Config;

/// <summary>Reads the entity file: the schema of the official emulator's Config.json.</summary>
internal static class EntityFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static EntitySettings Read(string path)
    {
        if (!File.Exists(path))
            throw new InvalidOperationException(
                $"The entity file {path} does not exist. It declares the queues and topics; name it with --entities."
            );
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{path} is not JSON: {e.Message}", e);
        }
        using (document)
        {
            var whole = new Section(document.RootElement, path, "the file").Only("UserConfig");
            var user = whole.Required("UserConfig").Only("Namespaces", "Logging");
            var queues = new List<QueueSettings>();
            var topics = new List<TopicSettings>();
            foreach (var ns in user.Items("Namespaces"))
            {
                ns.Only("Name", "Queues", "Topics");
                queues.AddRange(ns.Items("Queues").Select(ReadQueue));
                topics.AddRange(ns.Items("Topics").Select(ReadTopic));
            }
            RefuseTwice(path, queues.Select(queue => queue.Name).Concat(topics.Select(topic => topic.Name)));
            return new EntitySettings(path, queues, topics);
        }
    }

    private static QueueSettings ReadQueue(Section section)
    {
        var queue = section.Named("queue").Only("Name", "Properties");
        var properties = queue.Optional("Properties");
        properties?.Only([.. QueueProperties, "DuplicateDetectionHistoryTimeWindow", "RequiresDuplicateDetection"]);
        return QueueOf(queue, properties) with { DuplicateHistory = DuplicateHistory(properties) };
    }

    private static TopicSettings ReadTopic(Section section)
    {
        var topic = section.Named("topic").Only("Name", "Properties", "Subscriptions");
        var properties = topic
            .Optional("Properties")
            ?.Only("DefaultMessageTimeToLive", "DuplicateDetectionHistoryTimeWindow", "RequiresDuplicateDetection");
        var subscriptions = topic
            .Items("Subscriptions")
            .Select(item =>
            {
                var subscription = item.Named($"topic '{topic.Name}', subscription").Only("Name", "Properties", "Rules");
                if (subscription.Items("Rules").Any())
                    throw subscription.Wrong(
                        "Rules",
                        "rules are not supported; every subscription takes every message (the default TrueFilter)"
                    );
                return QueueOf(subscription, subscription.Optional("Properties")?.Only(QueueProperties));
            })
            .ToList();
        RefuseTwice(section.File, subscriptions.Select(subscription => $"{topic.Name}/{subscription.Name}"));
        var life = properties?.Duration("DefaultMessageTimeToLive") ?? TimeSpan.MaxValue;
        return new TopicSettings(topic.Name, life, DuplicateHistory(properties), subscriptions);
    }

    private static readonly string[] QueueProperties =
    [
        "DeadLetteringOnMessageExpiration",
        "DefaultMessageTimeToLive",
        "ForwardDeadLetteredMessagesTo",
        "ForwardTo",
        "LockDuration",
        "MaxDeliveryCount",
        "RequiresSession",
    ];

    private static QueueSettings QueueOf(Section entity, Section? properties)
    {
        if (properties is null)
            return new QueueSettings(entity.Name);
        foreach (var forward in (string[])["ForwardTo", "ForwardDeadLetteredMessagesTo"])
            if (properties.Text(forward) is { Length: > 0 })
                throw properties.Wrong(forward, "forwarding is not supported; leave it empty");
        return new QueueSettings(entity.Name)
        {
            DeadLetteringOnMessageExpiration = properties.Flag("DeadLetteringOnMessageExpiration") ?? false,
            DefaultMessageTimeToLive = properties.Duration("DefaultMessageTimeToLive") ?? TimeSpan.MaxValue,
            LockDuration = properties.Duration("LockDuration", TimeSpan.FromMinutes(5)) ?? TimeSpan.FromMinutes(1),
            MaxDeliveryCount = properties.Count("MaxDeliveryCount") ?? 10,
            RequiresSession = properties.Flag("RequiresSession") ?? false,
        };
    }

    private static TimeSpan? DuplicateHistory(Section? properties)
    {
        if (properties is null)
            return null;
        var window = properties.Duration("DuplicateDetectionHistoryTimeWindow", TimeSpan.FromDays(7)) ?? TimeSpan.FromMinutes(10);
        return properties.Flag("RequiresDuplicateDetection") is true ? window : null;
    }

    private static void RefuseTwice(string path, IEnumerable<string> names)
    {
        var twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new InvalidOperationException($"{path}: '{twice.Key}' is declared more than once.");
    }
}
