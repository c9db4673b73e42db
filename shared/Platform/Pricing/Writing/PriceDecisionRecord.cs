using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Effects;

namespace Stockgate.Platform.Pricing.Writing;

/// <summary>The fate of a decision.</summary>
[JsonConverter(typeof(NamedEnumConverter<PriceFate>))]
public enum PriceFate
{
    /// <summary>Nothing was to be done: it was kept, held or stopped.</summary>
    Settled,
    AwaitingApproval,

    /// <summary>Rejected by a person, or not approved in time.</summary>
    Rejected,

    /// <summary>On its way to the channel.</summary>
    Published,
    Confirmed,

    /// <summary>The channel did not take it.</summary>
    Refused,

    /// <summary>Taken back; the prior price was published again.</summary>
    Reverted,

    /// <summary>Another decision came before it went out, or before the channel answered.</summary>
    Superseded,
}

/// <summary>A price decision with its facts and its outcome.</summary>
public sealed record PriceDecisionRecord
{
    /// <summary><c>prc-</c> and 16 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Empty if the product has none.</summary>
    public required string Category { get; init; }

    public required PriceDecision Decision { get; init; }

    /// <summary>The facts of the decision, with ages and sources; null for a revert, which only uses the previous price.</summary>
    public PricingFacts? Facts { get; init; }

    public required int PolicyVersion { get; init; }

    /// <summary>The cause of the evaluation: <c>stock-counted</c>, <c>run 2026-12-01</c>, a person.</summary>
    public required string Cause { get; init; }

    /// <summary>Who decided: <c>policy version 3</c>, or a person's name.</summary>
    public required string By { get; init; }

    public required PriceFate Fate { get; init; }

    /// <summary>Of the publication; null if nothing was published.</summary>
    public int? Revision { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The channel's or person's text.</summary>
    public string? Detail { get; init; }

    /// <summary>The decision that it takes back; null if it takes none back.</summary>
    public string? Reverts { get; init; }

    /// <summary>The revert of many that it is a part of; null if it is none.</summary>
    public string? Revert { get; init; }

    /// <summary>The decision that took it back; null while it stands.</summary>
    public string? RevertedBy { get; init; }

    /// <summary>Null until it is measured.</summary>
    public PriceEffect? Effect { get; init; }

    /// <summary>
    /// The id of a decision about a price in its state after <paramref name="revision"/> at a time; its last three digits name the bucket,
    /// so that it is found by one read.
    /// </summary>
    public static string IdOf(PriceKey key, int revision, DateTimeOffset at, string what, int buckets)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Sku.Value}\n{key.Channel.Value}\n{key.Region.Value}\n{revision}\n{at.UtcTicks}\n{what}"
        );
        return $"prc-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..13]}{Bucket.Of(key.Sku, buckets).Number:x3}";
    }

    /// <returns>The partition of a decision; null if the text is no decision's id.</returns>
    public static string? PartitionOf(string id) =>
        id.Length == 20 && id.StartsWith("prc-", StringComparison.Ordinal) && id.AsSpan(4).IndexOfAnyExcept("0123456789abcdef") < 0
            ? new Bucket(int.Parse(id.AsSpan(17), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).Key
            : null;
}
