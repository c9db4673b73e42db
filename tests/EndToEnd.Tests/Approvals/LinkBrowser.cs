using System.Net;
using System.Text.RegularExpressions;

namespace Stockgate.EndToEnd.Tests.Approvals;

/// <summary>Opens links and presses buttons as a browser without scripts does.</summary>
public sealed class LinkBrowser : IDisposable
{
    private readonly HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <param name="address">Whose browser it is, as a proxy says it; null where none stands in between.</param>
    public LinkBrowser(string? address = null)
    {
        if (address is not null)
            browser.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.9, {address}");
    }

    public void Dispose() => browser.Dispose();

    /// <summary>Opens a link as a browser does.</summary>
    public async Task<Page> OpenAsync(Uri link)
    {
        using var response = await browser.GetAsync(link);
        return new Page(
            link,
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            Cookie(response),
            response.Headers.ToDictionary(static h => h.Key, static h => string.Join(", ", h.Value))
        );
    }

    /// <summary>Presses a button of a page that was opened, and follows where it leads.</summary>
    public async Task<Page> PressAsync(Page page, string answer, string? reason = null, string? to = null, string? code = null)
    {
        var (status, cookie) = await PostAsync(page, answer, reason, to, code);
        return status.Status == 303 ? await OpenAsync(page.Link) : status with { Cookie = cookie ?? page.Cookie };
    }

    /// <summary>The POST alone.</summary>
    public async Task<(Page Page, string? Cookie)> PostAsync(
        Page page,
        string answer,
        string? reason = null,
        string? to = null,
        string? code = null
    )
    {
        var fields = new Dictionary<string, string>
        {
            ["answer"] = answer,
            ["revision"] = page.Field("revision"),
            ["seal"] = page.Field("seal"),
        };
        if (reason is not null)
            fields["reason"] = reason;
        if (to is not null)
            fields["to"] = to;
        if (code is not null)
            fields["code"] = code;
        using var request = new HttpRequestMessage(HttpMethod.Post, page.Link) { Content = new FormUrlEncodedContent(fields) };
        if (page.Cookie is not null)
            request.Headers.Add("Cookie", page.Cookie);
        using var response = await browser.SendAsync(request);
        return (
            new Page(page.Link, (int)response.StatusCode, await response.Content.ReadAsStringAsync(), page.Cookie, []),
            Cookie(response)
        );
    }

    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, Uri link)
    {
        using var request = new HttpRequestMessage(method, link);
        using var response = await browser.SendAsync(request);
        return response.StatusCode;
    }

    private static string? Cookie(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First().Split(';')[0] : null;
}

/// <summary>A page as a browser got it.</summary>
public sealed partial record Page(Uri Link, int Status, string Html, string? Cookie, Dictionary<string, string> Headers)
{
    public string Text => WebUtility.HtmlDecode(Tags().Replace(Html, " "));

    public string Field(string name) => WebUtility.HtmlDecode(Regex.Match(Html, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<style.*?</style>|<[^>]+>", RegexOptions.Singleline)]
    private static partial Regex Tags();
}
