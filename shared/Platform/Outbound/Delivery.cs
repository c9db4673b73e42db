namespace Stockgate.Platform.Outbound;

/// <summary>The outcome of a message.</summary>
public enum DeliveryOutcome
{
    /// <summary>The channel has it and will say when it is done.</summary>
    Accepted,

    /// <summary>The channel will not take it; sending the same again will not help.</summary>
    Refused,

    /// <summary>Whether the channel has it is not known; sending the same again is safe.</summary>
    Unreachable,
}

/// <param name="Status">Of the last answer; null if none.</param>
/// <param name="Detail">What happened, as displayable text: of what the channel wrote a short piece, without control characters.</param>
/// <param name="Doubtful">Not accepted, but one of the attempts may have been taken without our hearing of it.</param>
public sealed record Delivery(DeliveryOutcome Outcome, int? Status, string Detail, bool Doubtful = false);

/// <summary>A polled channel's answer about a step.</summary>
public enum PollOutcome
{
    Confirmed,
    Refused,

    /// <summary>It is at work; ask again.</summary>
    Working,

    /// <summary>It knows of no such message (404): send it again.</summary>
    Unknown,

    /// <summary>It gave no answer that can be read; ask again.</summary>
    Unreachable,
}

/// <param name="Detail">The channel's own words, or why there is no answer; at most 300 characters, without control characters.</param>
public sealed record Polled(PollOutcome Outcome, string? Detail);
