using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.Demo.Partners;

/// <summary>A message as a channel knows it.</summary>
/// <param name="WebhookId">What makes two deliveries the same message.</param>
/// <param name="Times">How often it came, also where the answer was a failure.</param>
/// <param name="Answer">What the channel says to it; null until it was taken.</param>
public sealed record ReceivedMessage(
    string Channel,
    string WebhookId,
    ChannelMessage Message,
    int Times,
    DateTimeOffset FirstAt,
    StepAnswer? Answer,
    string? Detail
);

/// <summary>
/// What a channel does with promotions, as a real one should: each message once, never an older revision over a newer, and back to the
/// prices that were there before.
/// </summary>
public sealed class PartnerBooks(string channel, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(Sku Sku, RegionId? Region), Money> prices = [];
    private readonly Dictionary<string, ReceivedMessage> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<PromotionId, Known> promotions = [];

    /// <summary>Every message, in the order in which they first came.</summary>
    public IReadOnlyList<ReceivedMessage> Messages
    {
        get
        {
            lock (gate)
                return [.. messages.Values];
        }
    }

    /// <summary>Sets what customers pay, as if it had always been so.</summary>
    public void Seed(Sku sku, RegionId? region, Money price)
    {
        lock (gate)
            prices[(sku, region)] = price;
    }

    /// <summary>What a customer sees: the region's price, or the one for every region; null where the channel has none.</summary>
    public Money? PriceOf(Sku sku, RegionId? region)
    {
        lock (gate)
            return prices.TryGetValue((sku, region), out var own) ? own
                : prices.TryGetValue((sku, null), out var general) ? general
                : null;
    }

    /// <summary>How often the promotion's prices became what customers see.</summary>
    public int ActivationsOf(PromotionId promotion)
    {
        lock (gate)
            return promotions.GetValueOrDefault(promotion)?.Activations ?? 0;
    }

    /// <summary>The revision that customers see; null where none is active.</summary>
    public int? ActiveRevisionOf(PromotionId promotion)
    {
        lock (gate)
            return promotions.GetValueOrDefault(promotion)?.Active;
    }

    /// <summary>Notes that a message came, and does nothing else.</summary>
    public void Note(string webhookId, ChannelMessage message)
    {
        lock (gate)
            messages[webhookId] = messages.TryGetValue(webhookId, out var before)
                ? before with
                {
                    Times = before.Times + 1,
                }
                : new ReceivedMessage(channel, webhookId, message, 1, time.GetUtcNow(), null, null);
    }

    /// <summary>Does what a message asks for; one that was done before gets the same answer again and changes nothing.</summary>
    /// <param name="refuse">The channel's words where it will not.</param>
    public ReceivedMessage Take(string webhookId, string? refuse)
    {
        lock (gate)
        {
            var noted = messages[webhookId];
            if (noted.Answer is not null)
                return noted;
            var mistake = refuse ?? Do(noted.Message);
            return messages[webhookId] = noted with
            {
                Answer = mistake is null ? StepAnswer.Confirmed : StepAnswer.Refused,
                Detail = mistake,
            };
        }
    }

    /// <summary>The message of a step, if it came; where several ids asked for the same, the one that was taken last.</summary>
    public ReceivedMessage? Find(PromotionId promotion, int revision, LaunchStep step)
    {
        lock (gate)
            return messages.Values.LastOrDefault(m =>
                m.Message.Promotion == promotion && m.Message.Revision == revision && m.Message.Step == step
            );
    }

    private string? Do(ChannelMessage message)
    {
        if (!promotions.TryGetValue(message.Promotion, out var known))
            promotions[message.Promotion] = known = new Known();
        var over =
            message.Step != LaunchStep.Revert && message.Revision < known.Highest ? $"revision {known.Highest} was seen already"
            : message.Step != LaunchStep.Revert && message.Revision <= known.Reverted ? $"revision {known.Reverted} was taken back"
            : null;
        known.Highest = Math.Max(known.Highest, message.Revision);
        if (over is not null)
            return $"Revision {message.Revision} is passed over: {over}.";
        switch (message.Step)
        {
            case LaunchStep.Prepare:
                known.Staged[message.Revision] = message.Prices;
                return null;
            case LaunchStep.Activate:
                if (known.Active == message.Revision)
                {
                    // Told once more what to show: a price that was changed by mistake is set right, and nothing is activated again.
                    foreach (var item in message.Prices)
                        prices[(item.Sku, item.Region)] = item.Price;
                    return null;
                }
                if (!known.Staged.TryGetValue(message.Revision, out var staged))
                    return $"Revision {message.Revision} was never prepared.";
                // A revision is the whole of it: what the one before had and this one leaves out goes back.
                PutBack(known);
                foreach (var item in staged)
                    prices[(item.Sku, item.Region)] = item.Price;
                (known.Active, known.Activations) = (message.Revision, known.Activations + 1);
                return null;
            default:
                TakeBack(known, message);
                return null;
        }
    }

    private void TakeBack(Known known, ChannelMessage message)
    {
        known.Reverted = Math.Max(known.Reverted, message.Revision);
        // A newer revision is on show where what takes back an older one came late.
        if (!(known.Active > message.Revision))
        {
            PutBack(known);
            foreach (var item in message.Prices)
                prices[(item.Sku, item.Region)] = item.Prior;
            known.Active = null;
        }
        foreach (var revision in known.Staged.Keys.Where(r => r <= message.Revision).ToList())
            known.Staged.Remove(revision);
    }

    private void PutBack(Known known)
    {
        if (known.Active is { } active && known.Staged.TryGetValue(active, out var shown))
            foreach (var item in shown)
                prices[(item.Sku, item.Region)] = item.Prior;
    }

    private sealed class Known
    {
        public int Highest,
            Reverted,
            Activations;
        public int? Active;

        public Dictionary<int, IReadOnlyList<ItemPrice>> Staged { get; } = [];
    }
}
