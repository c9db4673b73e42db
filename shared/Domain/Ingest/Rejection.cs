namespace Stockgate.Domain.Ingest;

/// <summary>
/// Why a record can't be taken: the field at fault, as a path from the record's root, and what is wrong with it, in words for its sender.
/// </summary>
public sealed record Rejection(string Field, string Reason)
{
    /// <summary>True where it is the time of the event itself that can't be: then a clock is wrong, and every record of
    /// the channel is.</summary>
    public bool OfClock { get; init; }
}
