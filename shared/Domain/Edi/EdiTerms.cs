namespace Stockgate.Domain.Edi;

/// <summary>What is known of a supplier's messages beside them.</summary>
/// <param name="Supplier">Whose they are.</param>
/// <param name="Locations">Our name of a location by the code in the messages; without it the code itself is the name.</param>
/// <param name="DefaultLocation">Where a message names none.</param>
/// <param name="Currency">Where a price names none.</param>
public sealed record EdiTerms(
    SupplierId Supplier,
    IReadOnlyDictionary<string, string> Locations,
    string? DefaultLocation = null,
    string? Currency = null
);

/// <summary>What a message is about.</summary>
internal enum EdiSubject
{
    Confirmation,
    Shipment,
    Stock,
    Cost,
}

/// <summary>A message of a supplier, whichever standard it is written in.</summary>
/// <param name="Subject">What its lines say.</param>
/// <param name="Number">The document's own number.</param>
/// <param name="At">When it was written; null where that is not readable.</param>
/// <param name="Lines">One for each item.</param>
internal sealed record EdiDocument(EdiSubject Subject, string Number, DateTimeOffset? At, IReadOnlyList<EdiLine> Lines)
{
    /// <summary>It calls off the document of the same number.</summary>
    public bool IsCancelled { get; init; }
}

/// <summary>A line of a message; empty or null is what it does not say.</summary>
internal sealed record EdiLine(EdiSegment At)
{
    public string Sku { get; init; } = "";

    public string Order { get; init; } = "";

    public string Location { get; init; } = "";

    public decimal? Units { get; init; }

    /// <summary>The unit of measure.</summary>
    public string Unit { get; init; } = "";

    /// <summary>When it is to arrive.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was despatched, or from when a price holds.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary><c>Accepted</c>, <c>Changed</c> or <c>Rejected</c>.</summary>
    public string Answer { get; init; } = "";

    public decimal? Price { get; init; }

    public string Currency { get; init; } = "";

    /// <summary>Whether a stock figure has the open orders off already.</summary>
    public bool IsAvailable { get; init; }

    /// <summary>Why nothing follows from it.</summary>
    public string? IgnoredBecause { get; init; }
}
