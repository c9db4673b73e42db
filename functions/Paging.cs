using Azure;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform;

namespace Stockgate.Functions;

/// <summary>Lists that are read a page at a time: <c>?after=</c> has what the page before gave.</summary>
internal static class Paging
{
    /// <exception cref="ProblemException"><c>after</c> is nothing that a page gave.</exception>
    public static async Task<(IReadOnlyList<T> Page, string? Next)> PageAsync<T>(HttpRequest request, Func<string?, Task<(IReadOnlyList<T>, string?)>> read)
    {
        var after = request.Query["after"].ToString() is { Length: > 0 } token ? token : null;
        try
        {
            return await read(after);
        }
        catch (Exception wrong) when (after is not null && wrong is RequestFailedException { Status: 400 } or FormatException or ArgumentException)
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest, "unknown-page", "No such page", "Leave after away for the first page, and give it as the page before had it.", "after");
        }
    }
}
