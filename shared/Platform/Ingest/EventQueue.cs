using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Inventory;

namespace Stockgate.Platform.Ingest;

/// <summary>An event on its way to its bucket.</summary>
public sealed record QueuedEvent(ChannelId Channel, string Key, string Type, Bucket Bucket, ReadOnlyMemory<byte> Body);

/// <summary>The queue between accepting and projecting. The session is the bucket, so that each bucket has one writer at a time.</summary>
public sealed class EventQueue(ServiceBusClient client, int buckets)
{
    public const string Name = "channel-events";

    /// <summary>The property that names the channel an event came by.</summary>
    public const string ChannelProperty = "channel";

    // A message has 256 KiB; a ledger entry has about 300 bytes of JSON, at most about 1,200.
    private const int EntriesOfMessage = 150;

    // Whoever posts a webhook waits for the answer: with the queue away it is a 503 within two seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.7);

    private readonly ServiceBusSender sender = client.CreateSender(Name);

    public int Buckets => buckets;

    /// <summary>
    /// Ends when every event is durably in the queue, or after <see cref="Patience"/>. On a failure some may be there: the sender of the webhook tries again,
    /// and what was sent twice is applied once.
    /// </summary>
    /// <exception cref="TimeoutException">The queue is out of reach.</exception>
    public async Task SendAsync(IReadOnlyList<QueuedEvent> events, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(Patience);
        var sending = events.Count == 1 ? sender.SendMessageAsync(Message(events[0]), ended.Token) : SendAsync(events.Select(Message), ended.Token);
        try
        {
            // The client does not look at its token while it connects.
            await sending.WaitAsync(ended.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Name} did not take the events within {Patience.TotalSeconds} seconds.");
        }
    }

    /// <summary>Connects before the first event comes, so that nobody waits for it.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
    }

    /// <summary>Sends ledger entries to the buckets of their SKUs.</summary>
    public async Task SendAsync(IEnumerable<StockEntry> entries, CancellationToken cancellationToken)
    {
        var messages = from entry in entries
                       group entry by Bucket.Of(entry.Sku, buckets) into bucket
                       from part in bucket.Chunk(EntriesOfMessage)
                       select PostedMessage(bucket.Key, part);
        await SendAsync(messages, cancellationToken);
    }

    private async Task SendAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken)
    {
        ServiceBusMessageBatch? batch = null;
        try
        {
            foreach (var message in messages)
            {
                if (batch?.TryAddMessage(message) == true) continue;
                if (batch is not null) await sender.SendMessagesAsync(batch, cancellationToken);
                batch?.Dispose();
                batch = await sender.CreateMessageBatchAsync(cancellationToken);
                if (!batch.TryAddMessage(message)) throw new InvalidOperationException($"Message {message.MessageId} of {message.Body.ToMemory().Length} bytes does not fit an empty batch.");
            }
            if (batch is not null) await sender.SendMessagesAsync(batch, cancellationToken);
        }
        finally
        {
            batch?.Dispose();
        }
    }

    private static ServiceBusMessage Message(QueuedEvent queued)
    {
        var message = new ServiceBusMessage(queued.Body)
        {
            // Of its body too: an id that comes again with another body is a conflict, and the queue must not drop it
            // in silence. Source and id may be longer than the 128 characters of a message id.
            MessageId = Digest([.. Encoding.UTF8.GetBytes($"{queued.Channel}\n{queued.Key}\n"), .. queued.Body.Span]),
            SessionId = queued.Bucket.Key,
            Subject = queued.Type,
            ContentType = "application/cloudevents+json",
        };
        message.ApplicationProperties[ChannelProperty] = queued.Channel.Value;
        return message;
    }

    private static ServiceBusMessage PostedMessage(Bucket bucket, StockEntry[] entries)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(entries, EventJson.Default.StockEntryArray);
        return new ServiceBusMessage(body) { MessageId = Digest(body), SessionId = bucket.Key, Subject = EventTypes.StockPosted, ContentType = "application/json" };
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 20));
}
