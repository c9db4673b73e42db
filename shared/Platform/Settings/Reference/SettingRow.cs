using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Stockgate.Domain;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>A setting as docs/settings.md shows it.</summary>
/// <param name="Name">As an environment variable. Parts in capitals are <see cref="SettingsPage.Placeholders"/>.</param>
/// <param name="Values">Unit and range.</param>
/// <param name="Default">What holds where it is not set: a value, words in parentheses, nothing; or <c>required</c>.</param>
/// <param name="Meaning">What it does, in a sentence without a full stop.</param>
internal sealed record SettingRow(string Name, string Values, string Default, string Meaning)
{
    /// <summary>The rows of an options class.</summary>
    public static IEnumerable<SettingRow> Of(SettingSection section)
    {
        var name = section.Path.Replace(":", "__", StringComparison.Ordinal);
        return SettingSection.DictionaryOf(section.Type) is { } entries
            ? OfObject($"{name}__NAME__", Activator.CreateInstance(entries.Value)!)
            : OfObject(name.Length == 0 ? "" : $"{name}__", Activator.CreateInstance(section.Type)!);
    }

    private static IEnumerable<SettingRow> OfObject(string prefix, object options) =>
        SettingSection
            .PropertiesOf(options.GetType())
            .SelectMany(property => OfProperty(prefix + property.Name, property, property.PropertyType, property.GetValue(options)));

    private static IEnumerable<SettingRow> OfProperty(string name, PropertyInfo property, Type type, object? value)
    {
        var setting = property.GetCustomAttribute<SettingAttribute>()!;
        if (SettingSection.DictionaryOf(type) is { } entries)
        {
            // The key of a table in a table is named by the rest of the keys.
            var inner = SettingSection.DictionaryOf(entries.Value);
            var keys = setting.Keys ?? (entries.Key == typeof(int) ? "N" : "NAME");
            var of = inner?.Value ?? entries.Value;
            return SettingValue.Is(of)
                ? [Row($"{name}__{keys}", property, null)]
                : OfObject($"{name}__{keys}__", Activator.CreateInstance(of)!);
        }
        if (!SettingValue.Is(type))
            return OfObject($"{name}__", value!);
        return [Row(setting.Keys is { } key ? $"{name}__{key}" : name, property, value)];
    }

    private static SettingRow Row(string name, PropertyInfo property, object? value)
    {
        var setting = property.GetCustomAttribute<SettingAttribute>()!;
        var usual = property.IsDefined(typeof(RequiredAttribute)) ? "required" : setting.Default ?? Text(value);
        return new(name, SettingValue.Values(property), usual, setting.Meaning);
    }

    private static string Text(object? value) =>
        value switch
        {
            null => "",
            TextList list => string.Join(", ", list),
            TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
}
