using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform;

namespace Stockgate.Functions.Pricing;

/// <summary>Reads the query and body of pricing requests.</summary>
internal static class PricingRequests
{
    private const int LongestText = 256,
        LongestReason = 500,
        MostLines = 1_000,
        UsualLines = 100;

    internal sealed record Why(string? Reason);

    /// <summary>The reason that a person gives: <c>{"reason":"…"}</c>.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static async Task<string> ReasonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        const string form = "{\"reason\":\"why, in at most 500 characters\"}";
        var why = (await CommandBody.ReadAsync<Why>(request, form, cancellationToken)).Reason?.Trim();
        return why is { Length: > 0 and <= LongestReason } ? why : throw CommandBody.Unfit("reason", form);
    }

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

    public static int Most(HttpRequest request) =>
        Text(request, "most") is not { } text ? UsualLines
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= MostLines ? most
        : throw Unfit("most", $"must be a number from 1 to {MostLines}");

    private static ProblemException Unfit(string name, string wrong) =>
        new(StatusCodes.Status400BadRequest, "unfit-query", "Invalid request", $"{name} {wrong}.", name);
}
