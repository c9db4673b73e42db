using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Stockgate.Domain;

namespace Stockgate.Platform.Settings;

/// <summary>
/// Binds a section to its options class. The framework's binder stops at the first value that it can't convert, and shows it; so names and
/// values are checked against the class before, and all mistakes are told.
/// </summary>
internal sealed class SettingReader
{
    private readonly IReadOnlyList<SettingSection> sections;
    private readonly List<string> mistakes = [];
    private readonly Dictionary<string, string?> usable = new(StringComparer.OrdinalIgnoreCase);

    private SettingReader(IEnumerable<SettingSection> sections) => this.sections = [.. sections];

    /// <exception cref="OptionsValidationException">There are mistakes; a failure for each.</exception>
    public static void Bind(object options, SettingSection section, IConfiguration configuration, IEnumerable<SettingSection> sections)
    {
        var reader = new SettingReader(sections);
        if (section.Path.Length > 0)
            reader.RefuseValue(section.Type, configuration.GetSection(section.Path));
        reader.ReadAny(section.Type, section.Path.Length == 0 ? configuration : configuration.GetSection(section.Path), section.Path, null);
        if (reader.mistakes.Count > 0)
            throw new OptionsValidationException(section.Path, section.Type, reader.mistakes);
        reader.At(section.Path).Bind(options);
    }

    private void ReadAny(Type type, IConfiguration node, string path, PropertyInfo? property)
    {
        if (SettingValue.Is(type))
            ReadValue(type, (IConfigurationSection)node, property!);
        else if (SettingSection.DictionaryOf(type) is { } dictionary)
            ReadEntries(dictionary.Key, dictionary.Value, node, property);
        else
            ReadObject(type, node, path);
    }

    private void ReadEntries(Type keys, Type values, IConfiguration node, PropertyInfo? property)
    {
        foreach (var entry in node.GetChildren())
            if (keys == typeof(int) && !int.TryParse(entry.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                Wrong(entry.Path, "has no number; entries are counted from 0: __0, __1 and so on");
            else if (SettingValue.Is(values) && string.IsNullOrWhiteSpace(entry.Value))
                Wrong(entry.Path, "is empty");
            else
            {
                RefuseValue(values, entry);
                ReadAny(values, entry, entry.Path, property);
            }
    }

    private void ReadObject(Type type, IConfiguration node, string path)
    {
        var (before, properties) = (mistakes.Count, SettingSection.PropertiesOf(type));
        // Of a section that several classes are bound to, each knows a part.
        var elsewhere = SettingSection.NamesBelow(path, sections);
        foreach (var child in node.GetChildren())
            if (properties.FirstOrDefault(p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } property)
            {
                RefuseValue(property.PropertyType, child);
                ReadAny(property.PropertyType, child, child.Path, property);
            }
            else if (path.Length > 0 && !elsewhere.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                RefuseUnknown(child, [.. elsewhere.Union(properties.Select(static p => p.Name))]);
        foreach (var property in properties.Where(static p => p.IsDefined(typeof(RequiredAttribute))))
            if (node.GetSection(property.Name) is var setting && !setting.GetChildren().Any() && string.IsNullOrWhiteSpace(setting.Value))
                Wrong(Below(path, property.Name), $"is missing; give {SettingValue.Allowed(property)}");
        // What depends on more than one value is told when each of them can be used.
        if (mistakes.Count == before && type.IsAssignableTo(typeof(IValidatableObject)))
            Validate((IValidatableObject)(At(path).Get(type) ?? Activator.CreateInstance(type)!), path);
    }

    private void ReadValue(Type type, IConfigurationSection setting, PropertyInfo property)
    {
        foreach (var child in setting.GetChildren())
            if (type != typeof(TextList))
                RefuseUnknown(child, []);
            else if (string.IsNullOrWhiteSpace(child.Value))
                Wrong(child.Path, "is empty");
            else
                ReadValue(typeof(string), child, property);
        var blank = string.IsNullOrWhiteSpace(setting.Value);
        // Scripts and portals write an empty value for one that is not set.
        if (setting.Value is not { } text || (blank && (type != typeof(string) || property.IsDefined(typeof(RequiredAttribute)))))
            return;
        if (SettingValue.MistakeIn(text, type, property) is { } mistake)
            Wrong(setting.Path, mistake);
        else if (!blank)
            usable[setting.Path] = text;
    }

    private void RefuseValue(Type type, IConfigurationSection section)
    {
        // The value of a whole section is another program's: MAIL is the path of a mailbox on many systems.
        if (SettingValue.Is(type) || string.IsNullOrEmpty(section.Value) || !section.Path.Contains(':', StringComparison.Ordinal))
            return;
        var parts = SettingSection.PropertiesOf(type).Select(p => $"{Shown(section.Path)}__{p.Name}").ToList();
        Wrong(section.Path, $"is no setting by itself; set {(parts.Count == 0 ? "its entries" : string.Join(", ", parts))}");
    }

    private void RefuseUnknown(IConfigurationSection unknown, IReadOnlyCollection<string> known)
    {
        var hint = known.Count == 0 ? "no component reads it" : NearestName.Hint(unknown.Key, known);
        foreach (var setting in unknown.AsEnumerable().Where(static s => s.Value is not null))
            Wrong(setting.Key, $"is not known; {hint}");
    }

    private void Validate(IValidatableObject options, string path)
    {
        foreach (var wrong in options.Validate(new ValidationContext(options)))
            if (wrong.MemberNames.FirstOrDefault() is { } member)
                Wrong(Below(path, member), wrong.ErrorMessage!);
            else
                mistakes.Add(wrong.ErrorMessage!);
    }

    private IConfiguration At(string path)
    {
        var known = new ConfigurationBuilder().AddInMemoryCollection(usable).Build();
        return path.Length == 0 ? known : known.GetSection(path);
    }

    private void Wrong(string path, string what) => mistakes.Add($"The setting {Shown(path)} {what}{(what.EndsWith('?') ? "" : ".")}");

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";

    private static string Shown(string path) => path.Replace(":", "__", StringComparison.Ordinal);
}
