namespace Stockgate.Pages.Parts;

/// <summary>A table of texts.</summary>
/// <param name="Caption">What it is of.</param>
/// <param name="Columns">Their heads.</param>
/// <param name="Rows">As many cells each.</param>
/// <param name="Texts">Whether it is of words and not of figures.</param>
public sealed record ReportTable(string Caption, string[] Columns, IEnumerable<string[]> Rows, bool Texts = false);

/// <summary>A section of a report.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Table">With the figures that its chart draws.</param>
public sealed record ReportPart(string Title, ReportTable Table)
{
    /// <summary>SVG; empty where there is none.</summary>
    public string Chart { get; init; } = "";

    /// <summary>What the chart's colours are, each by its class.</summary>
    public IReadOnlyList<(string Style, string Label)> Key { get; init; } = [];

    /// <summary>A sentence under the table.</summary>
    public string? Note { get; init; }

    /// <summary>Whether the table stands below the chart and not beside it.</summary>
    public bool Wide { get; init; }
}
