using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Stockgate.Domain;
using Stockgate.Platform.Pricing.Writing;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Signals;

/// <summary>
/// The queue to the writers of prices. The session is the bucket of the SKU, so that each price has one writer at a time.
/// </summary>
public sealed class PriceQueue(ServiceBusClient client, StateTables tables, TimeProvider time)
{
    public const string Name = "item-changes";

    // A message has 256 KiB; a SKU has at most 128 characters and a decision's id 20.
    private const int SkusOfMessage = 200;

    private readonly ServiceBusSender sender = client.CreateSender(Name);

    /// <summary>Queues an evaluation of these items.</summary>
    /// <param name="skus">Any number, of any bucket.</param>
    /// <param name="cause">For the record: <c>stock-counted</c>, <c>run 2026-12-01</c>.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    public Task LookAsync(IEnumerable<Sku> skus, string cause, CancellationToken cancellationToken) =>
        SendAsync(PriceWorkKind.Look, skus, cause, null, cancellationToken);

    /// <summary>Queues the follow-up of open publications of these items: send, poll or process the answer.</summary>
    public Task FollowAsync(IEnumerable<Sku> skus, string cause, CancellationToken cancellationToken) =>
        SendAsync(PriceWorkKind.Follow, skus, cause, null, cancellationToken);

    /// <summary>The same, at a moment to come.</summary>
    public Task FollowAsync(IEnumerable<Sku> skus, string cause, DateTimeOffset at, CancellationToken cancellationToken) =>
        Task.WhenAll(
            MessagesOf(PriceWorkKind.Follow, skus, cause, null)
                .Select(message => sender.ScheduleMessageAsync(message, at, cancellationToken))
        );

    /// <summary>Publishes a decision that waited for a person, or drops it.</summary>
    /// <param name="decision">In <see cref="PriceFate.AwaitingApproval"/>; one that waits no longer is skipped.</param>
    /// <param name="approved">What was decided.</param>
    /// <param name="by">By whom.</param>
    /// <param name="reason">Why, in their words.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    public Task DecidedAsync(PriceDecisionRecord decision, bool approved, string by, string reason, CancellationToken cancellationToken) =>
        SendAsync(
            new PriceWork
            {
                Kind = approved ? PriceWorkKind.Publish : PriceWorkKind.Reject,
                Skus = [decision.Decision.Key.Sku],
                Cause = reason,
                By = by,
                At = time.GetUtcNow(),
                Decisions = [decision.Id],
            },
            cancellationToken
        );

    /// <summary>Resumes a stopped item.</summary>
    public Task ResumeAsync(Sku sku, string by, string reason, CancellationToken cancellationToken) =>
        SendAsync(PriceWorkKind.Resume, [sku], reason, by, cancellationToken);

    /// <summary>Reverts decisions; give the earliest of each price.</summary>
    /// <param name="decisions">Ids with their SKUs.</param>
    /// <param name="revert">The revert that they belong to; null for a single decision.</param>
    /// <param name="by">By whom.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    public async Task RevertAsync(
        IEnumerable<(string Decision, Sku Sku)> decisions,
        string? revert,
        string by,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        foreach (var bucket in decisions.GroupBy(d => Bucket.Of(d.Sku, tables.Buckets)))
        foreach (var part in bucket.Chunk(SkusOfMessage))
            await SendAsync(
                new PriceWork
                {
                    Kind = PriceWorkKind.Revert,
                    Skus = [.. part.Select(static d => d.Sku)],
                    Cause = reason,
                    By = by,
                    At = now,
                    Decisions = [.. part.Select(static d => d.Decision)],
                    Revert = revert,
                },
                cancellationToken
            );
    }

    public Task SendAsync(PriceWork work, CancellationToken cancellationToken) =>
        sender.SendMessageAsync(MessageOf(work), cancellationToken);

    private async Task SendAsync(PriceWorkKind kind, IEnumerable<Sku> skus, string cause, string? by, CancellationToken cancellationToken)
    {
        foreach (var message in MessagesOf(kind, skus, cause, by))
            await sender.SendMessageAsync(message, cancellationToken);
    }

    private IEnumerable<ServiceBusMessage> MessagesOf(PriceWorkKind kind, IEnumerable<Sku> skus, string cause, string? by)
    {
        var now = time.GetUtcNow();
        return skus.Distinct()
            .GroupBy(sku => Bucket.Of(sku, tables.Buckets))
            .SelectMany(static bucket => bucket.Chunk(SkusOfMessage))
            .Select(part =>
                MessageOf(
                    new PriceWork
                    {
                        Kind = kind,
                        Skus = part,
                        Cause = cause,
                        At = now,
                        By = by,
                    }
                )
            );
    }

    // A new id each time: a repeated request is a new message.
    private ServiceBusMessage MessageOf(PriceWork work) =>
        new(JsonSerializer.SerializeToUtf8Bytes(work, PricingJson.Default.PriceWork))
        {
            MessageId = Guid.NewGuid().ToString("N"),
            SessionId = tables.PartitionOf(work.Skus[0]),
            Subject = work.Kind.ToString(),
            ContentType = "application/json",
        };
}
