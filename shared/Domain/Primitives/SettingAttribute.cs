namespace Stockgate.Domain;

/// <summary>
/// Marks a property that an operator can set. The settings are checked against these properties, and docs/settings.md is generated from
/// them.
/// </summary>
/// <param name="values">Unit and range, as the page and a mistake's message show them; empty: those of the type.</param>
/// <param name="meaning">What it does, in a sentence without a full stop; empty for what only holds other settings.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string values = "", string meaning = "") : Attribute
{
    public string Values => values;

    public string Meaning => meaning;

    /// <summary>What holds where it is not set, if the property's own default does not say it.</summary>
    public string? Default { get; init; }

    /// <summary>What the keys of a dictionary stand for: <c>CURRENCY__N</c>. Null: <c>N</c> for numbers, else <c>NAME</c>.</summary>
    public string? Keys { get; init; }
}
