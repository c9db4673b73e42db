using System.Globalization;
using Microsoft.AspNetCore.Http;
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

    public static T? Named<T>(HttpRequest request, string name)
        where T : struct, Enum =>
        Text(request, name) is not { } text ? null
        : Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]) ? value
        : throw Unfit(name, $"must be one of {string.Join(", ", Enum.GetNames<T>())}");

    public static ProblemException Unfit(string name, string wrong) =>
        new(StatusCodes.Status400BadRequest, "unfit-query", "Invalid request", $"{name} {wrong}.", name);
}
