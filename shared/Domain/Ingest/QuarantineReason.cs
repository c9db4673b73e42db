using System.Text.Json.Serialization;

namespace Stockgate.Domain.Ingest;

/// <summary>Why a record is in quarantine, in six words that say what to do; docs/operator.md has the table.</summary>
[JsonConverter(typeof(NamedEnumConverter<QuarantineReason>))]
public enum QuarantineReason
{
    /// <summary>A value is out of range, of the wrong kind, or contradicts another: the sender corrects it.</summary>
    Invalid,

    /// <summary>It is no JSON, or no record of the channel's format: the sender's software is to be mended.</summary>
    Unreadable,

    /// <summary>A field that is needed is not there.</summary>
    Missing,

    /// <summary>It names something that is not known yet, such as an item or a type: post that first, then replay.</summary>
    Unknown,

    /// <summary>Its own time can't be: a clock is wrong.</summary>
    Clock,

    /// <summary>It is longer, deeper or has more parts than is taken.</summary>
    TooLarge,
}

/// <summary>Sorts rejections into reasons, by what they say.</summary>
public static class QuarantineReasons
{
    private static readonly string[] Missing = ["is missing", "is null", "is blank", "has no "],
        Sizes = ["has ", "makes ", "translates to "];

    public static QuarantineReason Of(Rejection rejection) =>
        rejection switch
        {
            { OfClock: true } => QuarantineReason.Clock,
            // What is to be posted first is said in these words, also where the sender left something out that would be known then.
            { Reason: var said } when said.Contains(", then replay this ", StringComparison.Ordinal) => QuarantineReason.Unknown,
            { Reason: var said } when Missing.Any(word => said.StartsWith(word, StringComparison.Ordinal)) => QuarantineReason.Missing,
            { Reason: var said } when said.Contains("not known", StringComparison.Ordinal) => QuarantineReason.Unknown,
            { Reason: var said } when IsOfSize(said) => QuarantineReason.TooLarge,
            { Field.Length: 0 } => QuarantineReason.Unreadable,
            _ => QuarantineReason.Invalid,
        };

    // Too many records, or too deep a one, ends the parser before anything is known of them.
    private static bool IsOfSize(string said) =>
        said.StartsWith("is not JSON: a batch has at most", StringComparison.Ordinal)
        || said.StartsWith("is not JSON: The maximum configured depth", StringComparison.Ordinal)
        || (
            Sizes.Any(word => said.StartsWith(word, StringComparison.Ordinal))
            && (said.Contains("at most", StringComparison.Ordinal) || said.Contains("more than", StringComparison.Ordinal))
        );
}
