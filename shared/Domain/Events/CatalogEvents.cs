namespace Stockgate.Domain.Events;

/// <summary>A product's current data from its source. <c>stockgate.product.updated.v1</c></summary>
public sealed record ProductUpdated : SkuEvent
{
    public required string Title { get; init; }

    public string? Category { get; init; }

    public string? Brand { get; init; }

    public string? Supplier { get; init; }

    /// <summary>False if it is no longer sold.</summary>
    // Set, not init: the JSON source generator gives an init property its type's default, here false, where the record leaves it out.
    public bool Active { get; set; } = true;

    /// <summary>What one unit costs the retailer, in <see cref="Currency"/>.</summary>
    public decimal? UnitCost { get; init; }

    public Currency? Currency { get; init; }

    /// <summary>The ids that the channel itself uses for this SKU, such as <c>inventory_item</c> at Shopify.</summary>
    public IReadOnlyDictionary<string, string>? ChannelIds { get; init; }

    public override Rejection? Check() =>
        Rules.Text("title", Title)
        ?? Rules.OptionalText("category", Category)
        ?? Rules.OptionalText("brand", Brand)
        ?? Rules.OptionalText("supplier", Supplier)
        ?? (UnitCost is { } cost ? Rules.NotNegative("unitCost", cost) : null)
        ?? (UnitCost is not null && Currency is null ? new Rejection("currency", "is missing; unitCost needs one") : null)
        ?? (ChannelIds is { Count: > 16 } ids ? new Rejection("channelIds", $"has {ids.Count} ids; at most 16 are allowed") : null)
        ?? ChannelIds
            ?.Select(static id =>
                (Identifier.Mistake(id.Key) ?? Identifier.Mistake(id.Value)) is { } mistake
                    ? new Rejection($"channelIds.{id.Key}", mistake)
                    : null
            )
            .FirstOrDefault(static rejection => rejection is not null);
}

/// <summary>A new price of a SKU, effective now. <c>stockgate.price.changed.v1</c></summary>
public sealed record PriceChanged : SkuEvent
{
    public required decimal Price { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>The sales channel that it holds for; every one where it is null.</summary>
    public string? SalesChannel { get; init; }

    public string? Region { get; init; }

    /// <summary>The strike-through price beside it.</summary>
    public decimal? CompareAt { get; init; }

    public override Rejection? Check() =>
        Rules.NotNegative("price", Price)
        ?? (CompareAt is { } compare ? Rules.NotNegative("compareAt", compare) : null)
        ?? Rules.OptionalText("salesChannel", SalesChannel)
        ?? Rules.OptionalText("region", Region);
}

/// <summary>The price shown to customers in a channel now, compared with the decided price. <c>stockgate.price.observed.v1</c></summary>
public sealed record PriceObserved : SkuEvent
{
    public required SalesChannelId SalesChannel { get; init; }

    public string? Region { get; init; }

    public required decimal Price { get; init; }

    public required Currency Currency { get; init; }

    public override Rejection? Check() => Rules.NotNegative("price", Price) ?? Rules.OptionalText("region", Region);
}

/// <summary>An observed competitor's price. <c>stockgate.competitor.price-observed.v1</c></summary>
public sealed record CompetitorPriceObserved : SkuEvent
{
    public required string Competitor { get; init; }

    public required decimal Price { get; init; }

    public required Currency Currency { get; init; }

    public override Rejection? Check() => Rules.Text("competitor", Competitor) ?? Rules.NotNegative("price", Price);
}
