using System.Text;
using Microsoft.AspNetCore.Http;
using Stockgate.Pages.Style;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>
/// A page as an answer, with headers that keep it to the one who opened it: no cache, no referrer, no frame, no script, nothing from
/// elsewhere.
/// </summary>
public sealed class PageAnswer : IResult
{
    private readonly string? html;
    private readonly TimeSpan? retryAfter;

    internal PageAnswer(int status, string html, TimeSpan? retryAfter = null) =>
        (Status, this.html, this.retryAfter) = (status, html, retryAfter);

    private PageAnswer() => Status = StatusCodes.Status303SeeOther;

    public int Status { get; }

    /// <summary>After a decision: look at the page again, so that reloading posts nothing twice.</summary>
    internal static PageAnswer LookAgain { get; } = new();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.StatusCode = Status;
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = PageStyle.FormPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        if (retryAfter is { } wait)
            headers.RetryAfter = ((int)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (html is null)
        {
            // Relative, so that it is right behind every proxy, whatever it calls this path.
            headers.Location = "./" + request.Path.Value!.Split('/')[^1];
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(html);
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(request.Method))
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
