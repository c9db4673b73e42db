using System.ComponentModel;
using System.Globalization;

namespace Stockgate.Platform.Settings;

/// <summary>Texts of the settings: in one value, separated by commas, or by number. <c>none</c> is an empty list.</summary>
[TypeConverter(typeof(TextListConverter))]
public sealed class TextList : List<string>;

/// <summary>Cuts a value at its commas.</summary>
internal sealed class TextListConverter : TypeConverter
{
    private const string None = "none";

    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value)
    {
        TextList list = [];
        if ((string)value != None)
            list.AddRange(((string)value).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        // Commas alone must not be an empty list: of approvers it would mean that nobody is asked.
        return list.Count > 0 || (string)value == None ? list : throw new FormatException("No text.");
    }
}
