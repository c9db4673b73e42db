using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>Holds a channel of the API to the rules that hold for channels of the settings.</summary>
internal static class ChannelCheck
{
    public static IEnumerable<Rejection> MistakesIn(ChannelOptions options) =>
        OfValues(options, "")
            .Concat(OfValues(options.Hmac, "hmac."))
            .Concat(ChannelRules.MistakesIn(options).Select(static m => new Rejection(FieldOf(m.MemberNames.First()), m.ErrorMessage!)));

    private static IEnumerable<Rejection> OfValues(object options, string prefix) =>
        from property in SettingSection.PropertiesOf(options.GetType())
        let value = property.GetValue(options)
        from one in EachOf(value)
        let mistake = MistakeIn(property, one)
        where mistake is not null
        select new Rejection(prefix + FieldOf(property.Name), mistake);

    private static IEnumerable<object?> EachOf(object? value) => value is IDictionary<string, string> entries ? entries.Values : [value];

    private static string? MistakeIn(PropertyInfo property, object? value)
    {
        if (value is TimeSpan span && span <= TimeSpan.Zero)
            return "must be longer than nothing";
        var broken = property.GetCustomAttributes<ValidationAttribute>().FirstOrDefault(rule => !rule.IsValid(value));
        return broken is null ? null : broken.ErrorMessage ?? $"must be {SettingValue.Allowed(property)}";
    }

    private static string FieldOf(string member) => string.Join('.', member.Split(':').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
