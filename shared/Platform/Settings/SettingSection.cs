using System.Reflection;
using Stockgate.Domain;

namespace Stockgate.Platform.Settings;

/// <summary>An options class, and the section that it is bound to.</summary>
/// <param name="Path">With colons; empty: the root.</param>
/// <param name="Type">The options class.</param>
internal sealed record SettingSection(string Path, Type Type)
{
    /// <summary>What can be set in an object.</summary>
    public static IReadOnlyList<PropertyInfo> PropertiesOf(Type type) =>
        [.. type.GetProperties().Where(static p => p.IsDefined(typeof(SettingAttribute)))];

    /// <summary>The names that are known directly below a path.</summary>
    public static IReadOnlyList<string> NamesBelow(string path, IEnumerable<SettingSection> sections) =>
        [.. sections.SelectMany(section => section.NamesBelow(path)).Distinct(StringComparer.OrdinalIgnoreCase).Order()];

    /// <summary>Key and value type of a dictionary; null for any other type.</summary>
    public static (Type Key, Type Value)? DictionaryOf(Type type) =>
        type.GetInterfaces().FirstOrDefault(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            is { } dictionary
            ? (dictionary.GenericTypeArguments[0], dictionary.GenericTypeArguments[1])
            : null;

    private IEnumerable<string> NamesBelow(string path)
    {
        if (Path.Equals(path, StringComparison.OrdinalIgnoreCase))
            return PropertiesOf(Type).Select(static p => p.Name);
        var prefix = path.Length == 0 ? "" : path + ":";
        return Path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? [Path[prefix.Length..].Split(':')[0]] : [];
    }
}
