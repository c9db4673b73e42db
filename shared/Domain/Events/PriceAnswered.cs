using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>What a channel says about a price that it was sent.</summary>
[JsonConverter(typeof(NamedEnumConverter<PriceAnswer>))]
public enum PriceAnswer
{
    /// <summary>Customers pay it from now on.</summary>
    Confirmed,

    /// <summary>Refused; the previous price stays in force.</summary>
    Refused,
}

/// <summary>A channel's answer to a published price. <c>stockgate.price.channel-answered.v1</c></summary>
public sealed record PriceAnswered : SkuEvent
{
    public required SalesChannelId SalesChannel { get; init; }

    public required RegionId Region { get; init; }

    /// <summary>Of the message that it answers, 1 or more.</summary>
    public required int Revision { get; init; }

    public required PriceAnswer Answer { get; init; }

    /// <summary>Why it was refused, in the channel's words.</summary>
    public string? Detail { get; init; }

    public override Rejection? Check() =>
        (Revision < 1 ? new Rejection("revision", $"is {Revision}; revisions begin with 1") : null) ?? Rules.OptionalText("detail", Detail);
}
