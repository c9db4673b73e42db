using System.Text.Json.Serialization;

namespace Stockgate.Domain;

/// <summary>An id that is a text.</summary>
public interface ITextId<TSelf>
    where TSelf : struct, ITextId<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);

    /// <summary>Makes an id of a text from outside.</summary>
    /// <returns>What is wrong with the text; null if <paramref name="id"/> is one.</returns>
    static virtual string? Mistake(string? text, out TSelf id)
    {
        id = default;
        if (Identifier.Mistake(text) is { } mistake)
            return mistake;
        id = TSelf.From(text!);
        return null;
    }
}

/// <summary>A stock keeping unit: what is counted, priced and sold. Case matters: 15056BL and 15056bl are two. From
/// outside by <see cref="Mistake"/>, which cleans the text.</summary>
[JsonConverter(typeof(TextIdConverter<Sku>))]
public readonly record struct Sku(string Value) : ITextId<Sku>
{
    public static Sku From(string value) => new(value);

    /// <summary>
    /// Makes a SKU of a text from outside: without spaces at its ends and characters without width, in normalization form C.
    /// </summary>
    /// <returns>What is wrong with the text; null if <paramref name="id"/> is one.</returns>
    public static string? Mistake(string? text, out Sku id)
    {
        var mistake = SkuText.Mistake(text, out var sku);
        id = mistake is null ? new Sku(sku) : default;
        return mistake;
    }

    /// <summary>The SKU that a text of a request means; a text that is none is a SKU that nobody knows.</summary>
    public static Sku Asked(string text) => Mistake(text, out var sku) is null ? sku : new Sku(text);

    public override string ToString() => Value;
}

/// <summary>A place that holds stock: a store, a warehouse, an online channel's pool.</summary>
[JsonConverter(typeof(TextIdConverter<LocationId>))]
public readonly record struct LocationId(string Value) : ITextId<LocationId>
{
    /// <summary>Where an order that names no location takes its stock from, until it is allocated.</summary>
    public static readonly LocationId Unassigned = new("unassigned");

    public static LocationId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>
/// An order or, where a refund names no order, the credit note itself: its number, and where several channels gave that number,
/// <c>CHANNEL::NUMBER</c> for all but one of them. Two colons, which <see cref="Taken"/> keeps out of numbers: a shop may call its orders
/// <c>web:1001</c>.
/// </summary>
[JsonConverter(typeof(TextIdConverter<OrderId>))]
public readonly record struct OrderId(string Value) : ITextId<OrderId>
{
    private const string Between = "::";

    /// <summary>What the order is called where it comes from; a bucket holds every order of a number.</summary>
    public OrderId Number => At is var at && at > 0 ? new OrderId(Value[(at + Between.Length)..]) : this;

    /// <summary>The channel that it is an order of, where the id says so; null if the id is the number alone.</summary>
    public ChannelId? Origin => At is var at && at > 0 ? new ChannelId(Value[..at]) : null;

    public static OrderId From(string value) => new(value);

    /// <summary>The order of a channel that has a number which others have too.</summary>
    public static OrderId Of(ChannelId channel, OrderId number) => new($"{channel}{Between}{number}");

    /// <returns>What is wrong with the text; null if <paramref name="id"/> is one.</returns>
    public static string? Mistake(string? text, out OrderId id)
    {
        id = new OrderId(text ?? string.Empty);
        // Of two parts each may be as long as an id: the whole is longer than a number may be.
        var mistake = id.Origin is { } origin
            ? Identifier.Mistake(origin.Value) ?? Identifier.Mistake(id.Number.Value)
            : Identifier.Mistake(text);
        if (mistake is not null)
            id = default;
        return mistake;
    }

    /// <summary>What is wrong with an order's number as a channel gives it; null if it can be taken.</summary>
    internal string? Taken() =>
        Origin is null
            ? null
            : $"is '{this}'; two colons are reserved for orders whose number several channels use. "
                + "Give the number alone, and the channel as orderChannel";

    public override string ToString() => Value;

    // Of a text that begins or ends with the colons there is no channel, or no number.
    private int At => Value.IndexOf(Between, StringComparison.Ordinal) is var at && at + Between.Length < Value.Length ? at : -1;
}

/// <summary>Something that is to be done to an order; also the number of the refund that it makes.</summary>
[JsonConverter(typeof(TextIdConverter<ActionId>))]
public readonly record struct ActionId(string Value) : ITextId<ActionId>
{
    public static ActionId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>A system that posts events: a shop, an ERP, a till system.</summary>
[JsonConverter(typeof(TextIdConverter<ChannelId>))]
public readonly record struct ChannelId(string Value) : ITextId<ChannelId>
{
    public static ChannelId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>A supplier.</summary>
[JsonConverter(typeof(TextIdConverter<SupplierId>))]
public readonly record struct SupplierId(string Value) : ITextId<SupplierId>
{
    public static SupplierId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>A promotion.</summary>
[JsonConverter(typeof(TextIdConverter<PromotionId>))]
public readonly record struct PromotionId(string Value) : ITextId<PromotionId>
{
    public static PromotionId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>A part of the market that is stocked and launched together.</summary>
[JsonConverter(typeof(TextIdConverter<RegionId>))]
public readonly record struct RegionId(string Value) : ITextId<RegionId>
{
    public static RegionId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>Where customers buy: the tills, the web shop, a marketplace.</summary>
[JsonConverter(typeof(TextIdConverter<SalesChannelId>))]
public readonly record struct SalesChannelId(string Value) : ITextId<SalesChannelId>
{
    public static SalesChannelId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>A question that waits for a person's decision.</summary>
[JsonConverter(typeof(TextIdConverter<CaseId>))]
public readonly record struct CaseId(string Value) : ITextId<CaseId>
{
    public static CaseId From(string value) => new(value);

    public override string ToString() => Value;
}
