using System.Collections.Concurrent;
using Stockgate.Demo.Posting;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Outbound;

namespace Stockgate.Demo.Partners;

/// <summary>A price as a channel knows it.</summary>
/// <param name="WebhookId">Of the message that it first came with.</param>
/// <param name="Times">How often it came.</param>
/// <param name="Shown">Whether customers were shown it: never where a later revision was there already.</param>
/// <param name="Refused">The channel's words where it would not.</param>
public sealed record ReceivedPrice(
    string Channel,
    string WebhookId,
    PublishedPrice Price,
    int Times,
    bool Shown,
    string? Refused,
    DateTimeOffset FirstAt
);

/// <summary>
/// What a channel does with prices, as a real one should: each revision once, never an older one over a newer, and it says of each
/// whether customers see it.
/// </summary>
public sealed class PartnerPrices
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Channel, Sku Sku, RegionId Region, int Revision), ReceivedPrice> prices = [];
    private readonly Dictionary<(string Channel, Sku Sku, RegionId Region), int> newest = [];
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private readonly PartnerEvents events;
    private readonly TimeProvider time;
    private readonly CancellationToken ended;

    internal PartnerPrices(PartnerEvents events, TimeProvider time, CancellationToken ended) =>
        (this.events, this.time, this.ended) = (events, time, ended);

    /// <summary>Every price, in the order in which they first came.</summary>
    public IReadOnlyList<ReceivedPrice> All
    {
        get
        {
            lock (gate)
                return [.. prices.Values.OrderBy(static p => p.FirstAt)];
        }
    }

    /// <summary>Takes a message; what was taken before is only answered again.</summary>
    internal void Take(PartnerChannel channel, string webhookId, PriceMessage message, StepFaults faults, PartnerBooks books)
    {
        List<ReceivedPrice> taken;
        lock (gate)
            taken = [.. message.Prices.Select(p => Take(channel, webhookId, p, faults, books))];
        if (channel.Confirm == ConfirmBy.Callback && !faults.NeverConfirm)
            Follow(AnswerAsync(channel, webhookId, taken, faults.ConfirmAfter));
    }

    /// <summary>What the channel says when it is asked; null where it never had the price.</summary>
    internal (string Answer, string? Detail)? Find(string channel, Sku sku, RegionId region, int revision, StepFaults faults)
    {
        lock (gate)
            return !prices.TryGetValue((channel, sku, region, revision), out var found) ? null
                : faults.NeverConfirm || found.FirstAt + faults.ConfirmAfter > time.GetUtcNow() ? ("Working", null)
                : (AnswerOf(found).ToString(), found.Refused);
    }

    /// <summary>Ends when nothing is under way any more.</summary>
    internal async Task EndedAsync()
    {
        foreach (var task in running.Keys)
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static PriceAnswer AnswerOf(ReceivedPrice price) => price.Refused is null ? PriceAnswer.Confirmed : PriceAnswer.Refused;

    private ReceivedPrice Take(PartnerChannel channel, string webhookId, PublishedPrice price, StepFaults faults, PartnerBooks books)
    {
        var key = (channel.Name, price.Sku, price.Region, price.Revision);
        if (prices.TryGetValue(key, out var before))
            return prices[key] = before with { Times = before.Times + 1 };
        var isNewest = price.Revision > newest.GetValueOrDefault((channel.Name, price.Sku, price.Region));
        var refused = faults.Refuse ?? (isNewest ? null : $"Revision {price.Revision} is passed over: a later one was seen already.");
        if (refused is null)
        {
            newest[(channel.Name, price.Sku, price.Region)] = price.Revision;
            books.Seed(price.Sku, price.Region, new Money(price.Price, price.Currency));
        }
        return prices[key] = new ReceivedPrice(channel.Name, webhookId, price, 1, refused is null, refused, time.GetUtcNow());
    }

    private void Follow(Task task)
    {
        running[task] = true;
        task.ContinueWith(
            static (done, all) => ((ConcurrentDictionary<Task, bool>)all!).TryRemove(done, out _),
            running,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    private async Task AnswerAsync(PartnerChannel channel, string webhookId, List<ReceivedPrice> taken, TimeSpan after)
    {
        if (after > TimeSpan.Zero)
            await Task.Delay(after, time, ended);
        // Id and time of the first receipt: the same answer is the same bytes, however often it is given.
        var answers = new Queue<ReadOnlyMemory<byte>>(
            taken.Select(p =>
                PartnerEvents.Write(
                    channel,
                    $"{p.WebhookId}.{p.Price.Sku}.{p.Price.Region}.{p.Price.Revision}.answer",
                    p.FirstAt,
                    new PriceAnswered
                    {
                        Sku = p.Price.Sku,
                        SalesChannel = new SalesChannelId(channel.Name),
                        Region = p.Price.Region,
                        Revision = p.Price.Revision,
                        Answer = AnswerOf(p),
                        Detail = p.Refused,
                    }
                )
            )
        );
        while (answers.Count > 0)
        {
            var batch = new EventBatch();
            while (answers.TryPeek(out var next) && batch.TryAdd(next.Span))
                answers.Dequeue();
            await events.PostAsync(channel, $"{webhookId}.answers", batch.ToBody(), ended);
        }
    }
}
