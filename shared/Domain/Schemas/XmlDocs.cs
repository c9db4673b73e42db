using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Stockgate.Domain.Schemas;

/// <summary>Summaries of types and properties, from the XML documentation that the compiler writes beside this assembly.</summary>
internal static partial class XmlDocs
{
    private static readonly Lazy<FrozenDictionary<string, string>> Summaries = new(Read);

    /// <returns>Null if there is none.</returns>
    public static string? SummaryOf(MemberInfo member)
    {
        var name = member is Type type ? $"T:{type.FullName}" : $"P:{member.DeclaringType?.FullName}.{member.Name}";
        return Summaries.Value.GetValueOrDefault(name.Replace('+', '.'));
    }

    private static FrozenDictionary<string, string> Read()
    {
        var file = Path.ChangeExtension(typeof(XmlDocs).Assembly.Location, ".xml");
        if (!File.Exists(file))
            return FrozenDictionary<string, string>.Empty;
        return XDocument
            .Load(file)
            .Descendants("member")
            .Where(static m => m.Element("summary") is not null)
            .ToFrozenDictionary(static m => m.Attribute("name")!.Value, static m => TextOf(m.Element("summary")!));
    }

    // A reference is shown by the name of what it refers to.
    private static string TextOf(XElement summary)
    {
        var text = string.Concat(
            summary
                .DescendantNodes()
                .Select(static n =>
                    n switch
                    {
                        XText words => words.Value,
                        XElement { Name.LocalName: "see" } see => (see.Attribute("cref") ?? see.Attribute("langword"))?.Value.Split(
                            '.',
                            ':'
                        )[^1],
                        _ => null,
                    }
                )
        );
        return Blanks().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
