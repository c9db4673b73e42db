namespace Stockgate.Domain.Pricing;

/// <summary>The key of a price: an item in a sales channel and a region.</summary>
public readonly record struct PriceKey(Sku Sku, SalesChannelId Channel, RegionId Region)
{
    public override string ToString() => $"{Sku} in {Channel}, {Region}";
}

/// <summary>A market with automatic prices, and the locations whose stock it sells.</summary>
/// <param name="Channel">Where customers buy.</param>
/// <param name="Region">Which part of the market.</param>
/// <param name="Locations">At least one. A location may serve several markets: its stock counts in each.</param>
public sealed record PriceMarket(SalesChannelId Channel, RegionId Region, IReadOnlyList<LocationId> Locations);

/// <summary>A value with its source and its time.</summary>
public readonly record struct Reading<T>(T Value, string Source, DateTimeOffset At)
{
    /// <summary>Never below zero: a source's clock may be ahead of ours by a little.</summary>
    public TimeSpan AgeAt(DateTimeOffset now) => now > At ? now - At : TimeSpan.Zero;
}
