using System.Globalization;

namespace Stockgate.Domain.Edi;

/// <summary>The characters that separate the parts of an interchange.</summary>
/// <param name="Component">Between the components of an element.</param>
/// <param name="Element">Between elements.</param>
/// <param name="Segment">Ends a segment.</param>
/// <param name="Release">Takes its meaning from the next character; null where the standard has none (X12).</param>
public sealed record EdiSyntax(char Component, char Element, char Segment, char? Release)
{
    /// <summary>EDIFACT without UNA (ISO 9735, syntax level A).</summary>
    public static readonly EdiSyntax Edifact = new(':', '+', '\'', '?');

    /// <summary>What most X12 partners use.</summary>
    public static readonly EdiSyntax X12 = new('>', '*', '~', null);

    /// <summary>Whether the characters can be told from each other, from letters and from digits.</summary>
    public bool IsUsable
    {
        get
        {
            List<char> all = [Component, Element, Segment];
            if (Release is { } release)
                all.Add(release);
            return all.Distinct().Count() == all.Count && !all.Exists(char.IsLetterOrDigit);
        }
    }
}

/// <summary>A segment: its tag, and its elements of components.</summary>
/// <param name="Tag">Such as <c>LIN</c>.</param>
/// <param name="Elements">Behind the tag.</param>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="End">Characters of the file up to its end.</param>
public sealed record EdiSegment(string Tag, IReadOnlyList<IReadOnlyList<string>> Elements, int Number = 0, long End = 0)
{
    /// <summary>A component of an element, both by their place; empty where it is not there.</summary>
    /// <param name="element">From 1, as the directories count.</param>
    /// <param name="component">From 1.</param>
    public string this[int element, int component = 1] =>
        element <= Elements.Count && component <= Elements[element - 1].Count ? Elements[element - 1][component - 1] : "";

    /// <summary>A segment of elements without components.</summary>
    public static EdiSegment Of(string tag, params IEnumerable<string> elements) =>
        new(tag, [.. elements.Select(static e => (IReadOnlyList<string>)[e])]);

    /// <summary>A segment of elements with components.</summary>
    public static EdiSegment Composed(string tag, params IEnumerable<IReadOnlyList<string>> elements) => new(tag, [.. elements]);
}

/// <summary>Numbers as the directories write them.</summary>
internal static class EdiNumber
{
    /// <returns>Null if the text is no number. A comma is a decimal mark too (ISO 9735).</returns>
    public static decimal? Parse(string text) =>
        decimal.TryParse(
            text.Replace(',', '.'),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    public static string Write(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
