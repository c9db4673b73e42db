namespace Stockgate.Domain.Ingest;

/// <summary>What ids of a sender's own stand for, kept because its later deliveries name these ids alone.</summary>
/// <param name="Owner">What the ids belong to, such as <c>order:92f5a867</c>.</param>
/// <param name="Meanings">By id; what is known of other ids of the owner stays.</param>
public sealed record SenderIds(string Owner, IReadOnlyDictionary<string, string> Meanings);

/// <summary>What must be looked up before a delivery can be translated.</summary>
/// <param name="Items">Ids of items, known from product data.</param>
/// <param name="Owner">Whose <see cref="SenderIds"/>; null if nobody's.</param>
public sealed record Lookup(IReadOnlyList<string> Items, string? Owner = null)
{
    public static readonly Lookup None = new([]);
}

/// <summary>What a lookup found.</summary>
/// <param name="Skus">By item.</param>
/// <param name="Meanings">Of the owner's ids.</param>
public sealed record Found(IReadOnlyDictionary<string, Sku> Skus, IReadOnlyDictionary<string, string> Meanings)
{
    public static readonly Found Nothing = new(new Dictionary<string, Sku>(), new Dictionary<string, string>());

    public Sku? SkuOf(string item) => Skus.TryGetValue(item, out var sku) ? sku : null;
}
