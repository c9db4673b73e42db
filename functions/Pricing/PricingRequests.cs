using System.Globalization;
using Microsoft.AspNetCore.Http;
using static Stockgate.Functions.QueryParameters;

namespace Stockgate.Functions.Pricing;

/// <summary>Reads the query and body of pricing requests.</summary>
internal static class PricingRequests
{
    private const int LongestReason = 500,
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

    public static int Most(HttpRequest request) =>
        Text(request, "most") is not { } text ? UsualLines
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= MostLines ? most
        : throw Unfit("most", $"must be a number from 1 to {MostLines}");
}
