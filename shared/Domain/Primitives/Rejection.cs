namespace Stockgate.Domain;

/// <summary>Why a record is rejected: the field as a path from the record's root, and the mistake.</summary>
public sealed record Rejection(string Field, string Reason)
{
    /// <summary>
    /// True if it is the time of the event itself that can't be: then a clock is wrong, and every record of the channel is.
    /// </summary>
    public bool OfClock { get; init; }
}
