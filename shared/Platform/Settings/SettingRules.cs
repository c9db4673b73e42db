using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Stockgate.Domain;

namespace Stockgate.Platform.Settings;

/// <summary>A text of 1 to 128 characters, without a space at either end.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NameAttribute : ValidationAttribute
{
    public NameAttribute() => ErrorMessage = "must have 1 to 128 characters, and no space at either end";

    public override bool IsValid(object? value) =>
        value is null || (value is string { Length: > 0 and <= 128 } text && text.Trim() == text);
}

/// <summary>An ISO 4217 code.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CurrencyCodeAttribute : ValidationAttribute
{
    public CurrencyCodeAttribute() => ErrorMessage = "is not an ISO 4217 code such as GBP";

    public override bool IsValid(object? value) => value is null or "" || Currency.TryParse((string)value, out _);
}

/// <summary>A moment; in UTC where the text does not name an offset.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MomentAttribute : ValidationAttribute
{
    public MomentAttribute() => ErrorMessage = "is not a time such as 2026-12-24T00:00:00Z";

    public override bool IsValid(object? value) => value is null || TryParse((string)value, out _);

    public static DateTimeOffset Parse(string text) => TryParse(text, out var moment) ? moment : throw new FormatException("No moment.");

    private static bool TryParse(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
}
