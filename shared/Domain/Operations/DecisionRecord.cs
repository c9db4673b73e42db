using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Operations;

/// <summary>
/// A decision: its inputs, rules, author and reversal. Append-only; the records of one subject form a chain in which each holds the hash of
/// the one before, so that a changed or missing one shows.
/// </summary>
public sealed record DecisionRecord
{
    /// <summary>What it is about: <c>order 1001</c>, <c>promotion summer-24</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>1 for the subject's first.</summary>
    public int Number { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The decision in a word or two: <c>replayed</c>, <c>approved</c>, <c>price raised</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>Who or what decided: a person's name, or a rule's.</summary>
    public required string DecidedBy { get; init; }

    public IReadOnlyList<DecisionInput> Inputs { get; init; } = [];

    public IReadOnlyList<RuleVerdict> Verdicts { get; init; } = [];

    /// <summary>What was sent out because of it.</summary>
    public IReadOnlyList<string> Published { get; init; } = [];

    /// <summary>How to take it back; null if it can't be.</summary>
    public string? TakeBack { get; init; }

    /// <summary>Hash of the record before; empty for the first.</summary>
    public string PreviousHash { get; init; } = string.Empty;

    /// <summary>SHA-256 over everything above, in hex.</summary>
    public string Hash { get; init; } = string.Empty;

    /// <summary>This record as the next link behind <paramref name="previous"/>.</summary>
    public DecisionRecord ChainedTo(DecisionRecord? previous)
    {
        var linked = this with { Number = (previous?.Number ?? 0) + 1, PreviousHash = previous?.Hash ?? string.Empty, Hash = string.Empty };
        return linked with { Hash = HashOf(linked) };
    }

    /// <returns>The number of the first record that does not fit the ones before it; null if the chain is whole.</returns>
    public static int? FirstBreak(IEnumerable<DecisionRecord> chain)
    {
        DecisionRecord? previous = null;
        foreach (var record in chain)
        {
            if (
                record.Number != (previous?.Number ?? 0) + 1
                || record.PreviousHash != (previous?.Hash ?? string.Empty)
                || record.Hash != HashOf(record with { Hash = string.Empty })
            )
                return record.Number;
            previous = record;
        }
        return null;
    }

    private static string HashOf(DecisionRecord record) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(record, OperationsJson.Default.DecisionRecord)));
}

/// <summary>An input of a decision with its source and its age at that time.</summary>
public sealed record DecisionInput(string Name, string Value, string Source, TimeSpan? Age);

/// <summary>The verdict of one rule, as displayable text.</summary>
public sealed record RuleVerdict(string Rule, bool Passed, string Reason);

/// <summary>Source-generated JSON of the operations records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DecisionRecord))]
[JsonSerializable(typeof(OperationException))]
[JsonSerializable(typeof(SilentSource[]))]
[JsonSerializable(typeof(SwitchState))]
public sealed partial class OperationsJson : JsonSerializerContext;
