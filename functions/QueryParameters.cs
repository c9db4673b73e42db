using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Platform;

namespace Stockgate.Functions;

/// <summary>Reads parameters of the query. One that is not there is null; one that can't be read is refused by its name.</summary>
internal static class QueryParameters
{
    private const int LongestText = 256;

    public static string? Text(HttpRequest request, string name) =>
        request.Query[name].ToString() is not { Length: > 0 } text ? null
        : text.Length <= LongestText ? text
        : throw Unfit(name, $"has more than {LongestText} characters");

    public static DateTimeOffset? Moment(HttpRequest request, string name) =>
        Text(request, name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
        : throw Unfit(name, "must be a time such as 2026-12-01T09:00:00Z");

    public static decimal? Amount(HttpRequest request, string name) =>
        Text(request, name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount
        : throw Unfit(name, "must be an amount such as 250 or 99.50");

    public static Currency? Currency(HttpRequest request, string name) =>
        Text(request, name) is not { } code ? null
        : Domain.Currency.TryParse(code, out var currency) ? currency
        : throw Unfit(name, "must be an ISO 4217 code such as GBP");

    public static bool? Flag(HttpRequest request, string name) =>
        Text(request, name) switch
        {
            null => null,
            "true" => true,
            "false" => false,
            _ => throw Unfit(name, "must be true or false"),
        };

    public static T? Named<T>(HttpRequest request, string name)
        where T : struct, Enum =>
        Text(request, name) is not { } text ? null
        : Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]) ? value
        : throw Unfit(name, $"must be one of {string.Join(", ", Enum.GetNames<T>())}");

    public static ProblemException Unfit(string name, string wrong) =>
        new(StatusCodes.Status400BadRequest, "unfit-query", "Invalid request", $"{name} {wrong}.", name);
}
