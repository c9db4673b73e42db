using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;

namespace Stockgate.Platform.Messaging;

/// <summary>An event on its way to its bucket.</summary>
/// <param name="Header">Its source and time.</param>
/// <param name="Data">Its data.</param>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Body">The event as it goes through the queue.</param>
public sealed record QueuedEvent(EventHeader Header, ChannelEvent Data, Bucket Bucket, ReadOnlyMemory<byte> Body)
{
    public ChannelId Channel => Header.Channel;

    public string Type => EventTypes.NameOf(Data);
}

/// <summary>The queue between accepting and projecting. The session is the bucket, so that each bucket has one writer at a time.</summary>
public sealed class EventQueue(ServiceBusClient client, LargeEvents large, int buckets)
{
    public const string Name = "channel-events";

    /// <summary>The property that names the channel an event came by.</summary>
    public const string ChannelProperty = "channel";

    /// <summary>The property that names the blob with the body, where no message holds it.</summary>
    public const string BodyProperty = "body";

    // The sender of a webhook waits for the answer: without the queue it gets a 503 within two seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.7);

    private readonly ServiceBusSender sender = client.CreateSender(Name);

    public int Buckets => buckets;

    /// <summary>
    /// Completes when every event is durably queued, or fails after <see cref="Patience"/>. After a failure some may be queued: the sender
    /// retries, and repeated events are applied once.
    /// </summary>
    /// <param name="events">The events.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <param name="occasion">
    /// Of what is sent again on purpose: without it the queue would drop, as duplicates, events that it had a few minutes before.
    /// </param>
    /// <exception cref="TimeoutException">The queue is out of reach.</exception>
    public async Task SendAsync(IReadOnlyList<QueuedEvent> events, CancellationToken cancellationToken, string occasion = "")
    {
        // The bodies first: a message never names a blob that is not there.
        var messages = new ServiceBusMessage[events.Count];
        for (var i = 0; i < messages.Length; i++)
            messages[i] = await MessageAsync(events[i], occasion, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(Patience);
        var sending = messages.Length == 1 ? sender.SendMessageAsync(messages[0], ended.Token) : SendAsync(messages, ended.Token);
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

    /// <summary>Connects at startup, so that the first event does not wait for it.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
    }

    /// <summary>Sends ledger entries to the buckets of their SKUs.</summary>
    public async Task SendAsync(IEnumerable<StockEntry> entries, CancellationToken cancellationToken)
    {
        var messages =
            from entry in entries
            group entry by Bucket.Of(entry.Sku, buckets) into bucket
            from part in Parts(bucket.ToArray())
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
                if (batch?.TryAddMessage(message) == true)
                    continue;
                if (batch is not null)
                    await sender.SendMessagesAsync(batch, cancellationToken);
                batch?.Dispose();
                batch = await sender.CreateMessageBatchAsync(cancellationToken);
                if (!batch.TryAddMessage(message))
                    throw new InvalidOperationException(
                        $"Message {message.MessageId} of {message.Body.ToMemory().Length} bytes does not fit an empty batch."
                    );
            }
            if (batch is not null)
                await sender.SendMessagesAsync(batch, cancellationToken);
        }
        finally
        {
            batch?.Dispose();
        }
    }

    private async Task<ServiceBusMessage> MessageAsync(QueuedEvent queued, string occasion, CancellationToken cancellationToken)
    {
        var isLarge = queued.Body.Length > LargeEvents.MessageBytes;
        var message = new ServiceBusMessage(isLarge ? ReadOnlyMemory<byte>.Empty : queued.Body)
        {
            // Of its body too: an id that comes again with another body is a conflict, and the queue must not drop it
            // in silence. Source and id may be longer than the 128 characters of a message id.
            MessageId = Digest([.. Encoding.UTF8.GetBytes($"{queued.Channel}\n{queued.Header.Key}\n{occasion}"), .. queued.Body.Span]),
            SessionId = queued.Bucket.Key,
            Subject = queued.Type,
            ContentType = "application/cloudevents+json",
        };
        message.ApplicationProperties[ChannelProperty] = queued.Channel.Value;
        if (isLarge)
            message.ApplicationProperties[BodyProperty] = await large.KeepAsync(queued.Body, cancellationToken);
        return message;
    }

    // Cut by bytes: an entry has about 300, and one of a SKU in another script many more.
    private static IEnumerable<byte[]> Parts(ReadOnlyMemory<StockEntry> entries)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(entries.ToArray(), StockJson.Default.StockEntryArray);
        if (body.Length <= LargeEvents.MessageBytes || entries.Length == 1)
            return [body];
        return Parts(entries[..(entries.Length / 2)]).Concat(Parts(entries[(entries.Length / 2)..]));
    }

    private static ServiceBusMessage PostedMessage(Bucket bucket, byte[] entries) =>
        new(entries)
        {
            // New each time: the same entries are sent again where a crash left open whether they were, or tables are rebuilt. The
            // ledger counts each entry once; the queue, which keeps ids for minutes, must not drop the ones of a rebuild.
            MessageId = Guid.NewGuid().ToString("N"),
            SessionId = bucket.Key,
            Subject = EventTypes.StockPosted,
            ContentType = "application/json",
        };

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 20));
}
