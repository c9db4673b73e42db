using System.IO.Compression;
using Azure.Messaging.ServiceBus;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>
/// The queue of deliveries that could not be archived when they came, because storage was away: accepting goes on, and they are archived
/// when it is back.
/// </summary>
public sealed class LateDeliveries(ServiceBusClient client)
{
    public const string Name = "late-deliveries";

    // As with events: the sender waits for the answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.7);

    private readonly ServiceBusSender sender = client.CreateSender(Name);

    /// <summary>Ends when the delivery is durably queued.</summary>
    /// <returns>False where no message holds it.</returns>
    public async Task<bool> TrySendAsync(ArchivedDelivery delivery, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var compressed = new MemoryStream();
        await using (var member = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            ArchiveFrames.Write(member, ArchiveFrames.LineOf(delivery), body.Span);
        if (compressed.Length > LargeEvents.MessageBytes)
            return false;
        var message = new ServiceBusMessage(compressed.ToArray()) { MessageId = delivery.Id, SessionId = delivery.Channel.Value };
        await sender.SendMessageAsync(message, cancellationToken).WaitAsync(Patience, cancellationToken);
        return true;
    }

    /// <exception cref="InvalidDataException">The message is none of ours.</exception>
    public static async Task<ArchiveEntry> ReadAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        await using var bytes = message.Body.ToStream();
        await foreach (var entry in ArchiveFrames.ReadAsync(bytes, bodies: true, cancellationToken))
            return entry;
        throw new InvalidDataException($"Message {message.MessageId} has no delivery.");
    }
}
