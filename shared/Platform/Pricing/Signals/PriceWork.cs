using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing.Signals;

/// <summary>The kinds of work of the price writer.</summary>
[JsonConverter(typeof(NamedEnumConverter<PriceWorkKind>))]
public enum PriceWorkKind
{
    /// <summary>Look at these items again and decide.</summary>
    Look,

    /// <summary>Approved: publish the waiting decision.</summary>
    Publish,

    /// <summary>Rejected, or not approved in time.</summary>
    Reject,

    /// <summary>Take a decision back: the exact prior price.</summary>
    Revert,

    /// <summary>A person lets a stopped item go on.</summary>
    Resume,

    /// <summary>Send unsent prices, poll unconfirmed ones.</summary>
    Follow,
}

/// <summary>A message to the one writer of a bucket's prices.</summary>
public sealed record PriceWork
{
    public required PriceWorkKind Kind { get; init; }

    /// <summary>At least one, all of one bucket; where <see cref="Decisions"/> are named, the item of each.</summary>
    public required IReadOnlyList<Sku> Skus { get; init; }

    /// <summary>Why, for the record: <c>stock-counted</c>, <c>run 2026-12-01</c>, or what a person gave for a reason.</summary>
    public required string Cause { get; init; }

    /// <summary>When it was requested.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The person; null if the policy decides.</summary>
    public string? By { get; init; }

    /// <summary>
    /// The decisions that it is about, by their ids; of a <see cref="PriceWorkKind.Revert"/> the earliest of each price, whose prior
    /// price comes back.
    /// </summary>
    public IReadOnlyList<string>? Decisions { get; init; }

    /// <summary>The revert that it is a part of; null if it stands alone.</summary>
    public string? Revert { get; init; }
}

/// <summary>The result of a batch of work.</summary>
/// <param name="ToAsk">Decisions that now wait for a person: an approval case has to be opened for each; opening is idempotent.</param>
/// <param name="Published">Decisions that went out in this batch.</param>
/// <param name="Looked">Prices that were decided.</param>
public sealed record PriceWriterResult(IReadOnlyList<PriceDecisionRecord> ToAsk, IReadOnlyList<PriceDecisionRecord> Published, int Looked);
