using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Stockgate.Domain;

namespace Stockgate.Platform.Settings;

/// <summary>A single value of the settings: what is allowed, and whether a text is it.</summary>
internal static class SettingValue
{
    private const int MostShown = 60;

    /// <summary>Whether a type is set by one text.</summary>
    public static bool Is(Type type) => TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <returns>What is wrong, without the setting's name; null if the text can be used.</returns>
    public static string? MistakeIn(string text, Type type, PropertyInfo property)
    {
        // Texts may be secrets, so only what should have been a number, a time or a name is shown.
        var refusal =
            type == typeof(string) || type == typeof(TextList)
                ? $"can't be used; give {Allowed(property)}"
                : $"is '{text[..Math.Min(text.Length, MostShown)]}'; give {Allowed(property)}";
        if (!TryConvert(text, Nullable.GetUnderlyingType(type) ?? type, out var value))
            return refusal;
        if (value is TimeSpan span && span < TimeSpan.Zero)
            return refusal;
        var broken = property.GetCustomAttributes<ValidationAttribute>().FirstOrDefault(rule => !rule.IsValid(value));
        return broken is null ? null : broken.ErrorMessage ?? refusal;
    }

    /// <summary>What a message says of the values that are allowed.</summary>
    public static string Allowed(PropertyInfo property)
    {
        var values = Values(property).Replace("`", "", StringComparison.Ordinal);
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(TimeSpan))
            return values == "time span" ? "a time span such as 00:10:00" : $"a time span such as 00:10:00 or 1.12:00:00, {values}";
        return values;
    }

    /// <summary>Unit and range: those of the attribute, else those of the type and of its range.</summary>
    public static string Values(PropertyInfo property)
    {
        var (said, type) = (property.GetCustomAttribute<SettingAttribute>()!.Values, Nullable.GetUnderlyingType(property.PropertyType));
        type ??= property.PropertyType;
        if (said.Length > 0)
            return said;
        if (type.IsEnum)
            return string.Join(", ", Enum.GetNames(type).Select(static name => $"`{name}`"));
        if (type == typeof(bool))
            return "`true`, `false`";
        if (type == typeof(TimeSpan))
            return "time span";
        return property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
            : "text";
    }

    private static bool TryConvert(string text, Type type, out object? value)
    {
        value = null;
        // The converters of the framework also take a number for a name, and 0x1F and +25 for numbers.
        if (type.IsEnum && !Enum.GetNames(type).Contains(text.Trim(), StringComparer.OrdinalIgnoreCase))
            return false;
        if ((type == typeof(int) || type == typeof(decimal) || type == typeof(double)) && text.AsSpan().ContainsAnyExcept("0123456789.-"))
            return false;
        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}
