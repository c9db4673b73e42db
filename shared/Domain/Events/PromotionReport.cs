using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>A system's report about a promotion. The newest report per system and topic wins.</summary>
public abstract record PromotionReport : ChannelEvent
{
    public required PromotionId Promotion { get; init; }

    /// <summary>What it is about within the promotion: two words on one topic, and the newer holds.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> Topic { get; }

    [JsonIgnore]
    public override string Subject => $"promotion {Promotion}";

    public override Bucket BucketIn(int count) => Bucket.Of(Promotion.Value, count);
}

/// <summary>A channel completed or refused a step. <c>stockgate.promotion.channel-answered.v1</c></summary>
public sealed record ChannelAnswered : PromotionReport
{
    public required SalesChannelId Channel { get; init; }

    public required int Revision { get; init; }

    public required LaunchStep Step { get; init; }

    public required StepAnswer Answer { get; init; }

    public string? Detail { get; init; }

    // Revision and step are of the topic: an answer that arrives late or out of order is an answer to what it names, and to nothing else.
    [JsonIgnore]
    public override IReadOnlyList<string> Topic => ["answer", Channel.Value, $"{Revision:000000}", Step.ToString()];

    public override Rejection? Check() =>
        Revision < 1
            ? new Rejection("revision", $"is {Revision}; give the revision of the message that is answered")
            : Rules.OptionalText("detail", Detail);
}

/// <summary>How far a channel's own preparation is: waves planned, content staged. <c>stockgate.promotion.channel-ready.v1</c></summary>
public sealed record ChannelReadyReported : PromotionReport
{
    public required SalesChannelId Channel { get; init; }

    public required ChannelAnswer Answer { get; init; }

    public string? Detail { get; init; }

    [JsonIgnore]
    public override IReadOnlyList<string> Topic => ["ready", Channel.Value];

    public override Rejection? Check() =>
        Answer == ChannelAnswer.None
            ? new Rejection("answer", "is None; give Preparing, Ready or Refused")
            : Rules.OptionalText("detail", Detail);
}

/// <summary>A supplier confirmed what it pays under an agreement. <c>stockgate.promotion.funding-confirmed.v1</c></summary>
public sealed record FundingConfirmed : PromotionReport
{
    public required SupplierId Supplier { get; init; }

    /// <summary>The agreement's number, as the request names it.</summary>
    public required string Reference { get; init; }

    /// <summary>Units that it pays for, of all items together; null for as many as the agreement says.</summary>
    public Quantity? Units { get; init; }

    [JsonIgnore]
    public override IReadOnlyList<string> Topic => ["funding", Supplier.Value, Reference];

    public override Rejection? Check() =>
        Rules.Text("reference", Reference) ?? (Units is { } units ? Rules.NotNegative("units", units.Value) : null);
}

/// <summary>A supplier confirmed how much of an item it can deliver. <c>stockgate.promotion.capacity-confirmed.v1</c></summary>
public sealed record CapacityConfirmed : PromotionReport
{
    public required SupplierId Supplier { get; init; }

    public required Sku Sku { get; init; }

    public required Quantity Capacity { get; init; }

    [JsonIgnore]
    public override IReadOnlyList<string> Topic => ["capacity", Supplier.Value, Sku.Value];

    public override Rejection? Check() => Rules.NotNegative("capacity", Capacity.Value);
}

/// <summary>A store finished a task, or took it up again. <c>stockgate.promotion.store-task.v1</c></summary>
public sealed record StoreTaskReported : PromotionReport
{
    public required LocationId Store { get; init; }

    /// <summary>As it was sent to the store: <c>signage</c>, <c>labour</c>.</summary>
    public required string Task { get; init; }

    public bool Done { get; set; } = true;

    [JsonIgnore]
    public override IReadOnlyList<string> Topic => ["task", Store.Value, Task];

    public override Rejection? Check() => Rules.Text("task", Task);
}

/// <summary>A warehouse set stock aside for a region. <c>stockgate.promotion.allocated.v1</c></summary>
public sealed record AllocationReported : PromotionReport
{
    public required Sku Sku { get; init; }

    public required RegionId Region { get; init; }

    public required Quantity Allocated { get; init; }

    [JsonIgnore]
    public override IReadOnlyList<string> Topic => ["allocated", Sku.Value, Region.Value];

    public override Rejection? Check() => Rules.NotNegative("allocated", Allocated.Value);
}

/// <summary>
/// A supplier paid a claim, in full or in part: the sum of all that it paid so far. <c>stockgate.promotion.claim-paid.v1</c>
/// </summary>
public sealed record ClaimPaid : PromotionReport
{
    public required SupplierId Supplier { get; init; }

    public required string Reference { get; init; }

    public required decimal Amount { get; init; }

    public required Currency Currency { get; init; }

    [JsonIgnore]
    public override IReadOnlyList<string> Topic => ["paid", Supplier.Value, Reference];

    public override Rejection? Check() => Rules.Text("reference", Reference) ?? Rules.NotNegative("amount", Amount);
}
