namespace Stockgate.Domain.Pricing;

/// <summary>How far prices may move by themselves.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(NamedEnumConverter<PricingLeash>))]
public enum PricingLeash
{
    /// <summary>No price is decided, except in a dry run.</summary>
    Off,

    /// <summary>Every move goes to a person.</summary>
    Ask,

    /// <summary>Moves within the rules go out.</summary>
    Publish,
}

/// <summary>Rules for prices: data, versioned. Described by price-policy.schema.json.</summary>
public sealed partial record PricePolicy
{
    /// <summary>From 1; the decision record names it.</summary>
    public required int Version { get; init; }

    public required PricingLeash Leash { get; init; }

    public required IReadOnlyList<PriceMarket> Markets { get; init; }
}
