using System.Net;
using System.Text.RegularExpressions;

namespace Stockgate.Functions.Tests.Approvals;

/// <summary>A page as it was answered.</summary>
internal sealed record Seen(HttpStatusCode Status, string Html, HttpResponseMessage Response)
{
    public string Heading => WebUtility.HtmlDecode(Regex.Match(Html, "<h1[^>]*>([^<]*)</h1>").Groups[1].Value);
}

/// <summary>
/// A browser without a screen: it keeps cookies, follows nothing by itself, and sends the fields of the form that it was shown.
/// </summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient http;

    public Visitor(string address)
    {
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.9, {address}:4711");
    }

    public CookieContainer Cookies { get; } = new();

    public async Task<Seen> GetAsync(Uri url) => await SeenAsync(await http.GetAsync(url));

    public async Task<Seen> SendAsync(HttpMethod method, Uri url, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await SeenAsync(await http.SendAsync(request));
    }

    public Task<Seen> PostAsync(Uri url, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(HttpMethod.Post, url, new FormUrlEncodedContent(fields));

    /// <summary>Opens the page and presses a button of its form.</summary>
    public async Task<Seen> PressAsync(Uri url, string answer, string? reason = null, string? to = null, string? code = null) =>
        await PostAsync(url, Fields(await GetAsync(url), answer, reason, to, code));

    public static Dictionary<string, string> Fields(Seen page, string answer, string? reason = null, string? to = null, string? code = null)
    {
        var fields = Hidden()
            .Matches(page.Html)
            .ToDictionary(static m => m.Groups[1].Value, static m => WebUtility.HtmlDecode(m.Groups[2].Value));
        Assert.Equal(["revision", "seal"], fields.Keys.Order());
        fields["answer"] = answer;
        if (reason is not null)
            fields["reason"] = reason;
        if (to is not null)
            fields["to"] = to;
        if (code is not null)
            fields["code"] = code;
        return fields;
    }

    public void Dispose() => http.Dispose();

    private static async Task<Seen> SeenAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response);

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\" ?/?>")]
    private static partial Regex Hidden();
}
