using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>An event of a retailer's system in the canonical model: the <c>data</c> of a CloudEvent.</summary>
public abstract record ChannelEvent
{
    /// <summary>The bucket that the event is applied in.</summary>
    public abstract Bucket BucketIn(int count);

    /// <summary>Which thing it is about, for people: <c>order 1001</c>, <c>sku 85123A</c>.</summary>
    [JsonIgnore]
    public abstract string Subject { get; }

    /// <summary>The rules that a record must obey whatever the state of the world is.</summary>
    /// <returns>The first one broken, its field relative to <c>data</c>; null if the event is possible.</returns>
    public abstract Rejection? Check();
}

/// <summary>An event about one SKU.</summary>
public abstract record SkuEvent : ChannelEvent
{
    public required Sku Sku { get; init; }

    public override Bucket BucketIn(int count) => Bucket.Of(Sku, count);

    [JsonIgnore]
    public override string Subject => $"sku {Sku}";
}

/// <summary>An event about one order.</summary>
public abstract record OrderEvent : ChannelEvent
{
    /// <summary>The order's number, as the channel that placed it calls it.</summary>
    public required OrderId OrderId { get; init; }

    /// <summary>
    /// The channel that placed the order, optional; required if several channels use the number and the sender is none of them.
    /// </summary>
    public ChannelId? OrderChannel { get; init; }

    public override Bucket BucketIn(int count) => Bucket.Of(OrderId, count);

    [JsonIgnore]
    public override string Subject => $"order {OrderId}";

    /// <returns>What is wrong with the names of the order and its channel; null if they can be taken.</returns>
    internal Rejection? CheckNames()
    {
        if (OrderId.Taken() is { } mistake)
            return new Rejection("orderId", mistake);
        return OrderChannel is { } channel && channel.Value.Contains(':', StringComparison.Ordinal)
            ? new Rejection("orderChannel", $"is '{channel}'; give the channel's name without a colon")
            : null;
    }
}
