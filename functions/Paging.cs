using Azure;
using Microsoft.AspNetCore.Http;
using Stockgate.Platform;

namespace Stockgate.Functions;

/// <summary>Paged lists: <c>?after=</c> is the continuation of the previous page.</summary>
internal static class Paging
{
    /// <summary>Items per page.</summary>
    public const int Size = 200;

    /// <summary>A page of a list as JSON; the header <c>Link</c> (RFC 8288) has the next page.</summary>
    /// <exception cref="ProblemException"><c>after</c> is not the continuation of a page.</exception>
    public static async Task<IResult> LinkedAsync<T>(HttpRequest request, Func<string?, Task<(IReadOnlyList<T>, string?)>> read)
    {
        var (page, next) = await PageAsync(request, read);
        if (next is not null)
        {
            var query = QueryString.Create(request.Query.Where(static q => q.Key != "after")).Add("after", next);
            request.HttpContext.Response.Headers.Link = $"<{request.Path}{query}>; rel=\"next\"";
        }
        return Results.Json(page, Answer.Json);
    }

    /// <summary>A page of a list that is held in memory.</summary>
    /// <param name="all">In any order.</param>
    /// <param name="keyOf">Orders them by characters; no two have the same.</param>
    /// <param name="after">The key of the last one of the page before; null for the first page.</param>
    public static (IReadOnlyList<T> Page, string? Next) PageOf<T>(IEnumerable<T> all, Func<T, string> keyOf, string? after)
    {
        var rest = all.Where(item => after is null || string.CompareOrdinal(keyOf(item), after) > 0);
        List<T> page = [.. rest.OrderBy(keyOf, StringComparer.Ordinal).Take(Size + 1)];
        return page.Count <= Size ? (page, null) : (page[..Size], keyOf(page[Size - 1]));
    }

    /// <exception cref="ProblemException"><c>after</c> is not the continuation of a page.</exception>
    public static async Task<(IReadOnlyList<T> Page, string? Next)> PageAsync<T>(
        HttpRequest request,
        Func<string?, Task<(IReadOnlyList<T>, string?)>> read
    )
    {
        var after = request.Query["after"].ToString() is { Length: > 0 } token ? token : null;
        try
        {
            return await read(after);
        }
        catch (Exception wrong)
            when (after is not null && wrong is RequestFailedException { Status: 400 } or FormatException or ArgumentException)
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                "unknown-page",
                "No such page",
                "Omit 'after' for the first page; for the next one, copy it from the previous page unchanged.",
                "after"
            );
        }
    }
}
