using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Ingest.Signing;

namespace Stockgate.Functions.Tests.Ingest;

public sealed class HandshakeTests : IAsyncDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly ServiceProvider app = App.Services(
        App.Configuration(
            ("Channels:web:Scheme", "StandardWebhooks"),
            ("Channels:web:Secrets:0", Secret),
            ("Channels:grid:Scheme", "Basic"),
            ("Channels:grid:Format", "Canonical"),
            ("Channels:grid:User", "grid"),
            ("Channels:grid:Secrets:0", "hush"),
            ("Channels:grid:AllowedOrigins", "eventgrid.azure.net, erp.example"),
            ("Channels:grid:RequestsPerMinute", "100"),
            ("Channels:woo:Scheme", "WooCommerce"),
            ("Channels:woo:Format", "Canonical"),
            ("Channels:woo:Secrets:0", "hush"),
            ("Channels:adobe:Scheme", "AdobeEvents"),
            ("Channels:adobe:Format", "Canonical"),
            ("Channels:adobe:ClientId", "ours"),
            ("Channels:adobe:Secrets:0", Key())
        )
    );

    private Handshakes Handshakes => app.GetRequiredService<Handshakes>();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static string Key()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private static HttpRequest Request(
        string method,
        string? body = null,
        string? contentType = null,
        params (string Name, string Value)[] headers
    )
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        http.Response.Body = new MemoryStream();
        var bytes = Encoding.UTF8.GetBytes(body ?? "");
        (http.Request.Method, http.Request.ContentType) = (method, contentType);
        (http.Request.Body, http.Request.ContentLength) = (new MemoryStream(bytes), bytes.Length);
        foreach (var (name, value) in headers)
            http.Request.Headers[name] = value;
        return http.Request;
    }

    private static async Task<string> TextAsync(IResult result, HttpRequest request)
    {
        await result.ExecuteAsync(request.HttpContext);
        Assert.Equal(200, request.HttpContext.Response.StatusCode);
        return Encoding.UTF8.GetString(((MemoryStream)request.HttpContext.Response.Body).ToArray());
    }

    private static async Task RefusedAsync(string slug, Func<Task> ask) =>
        Assert.Equal(slug, (await Assert.ThrowsAsync<ProblemException>(ask)).Slug);

    private Task<IResult?> PostAsync(string channel, HttpRequest request) =>
        Handshakes.OfPostAsync(channel, request, CancellationToken.None);

    private Task<IResult> GetAsync(string channel, HttpRequest request) => Handshakes.OfGetAsync(channel, request, CancellationToken.None);

    private Task<IResult> OptionsAsync(string channel, HttpRequest request) =>
        Handshakes.OfOptionsAsync(channel, request, CancellationToken.None);

    [Fact]
    public async Task A_ping_of_WooCommerce_is_answered()
    {
        var ping = Request("POST", "webhook_id=12", "application/x-www-form-urlencoded");
        Assert.Equal("", await TextAsync((await PostAsync("woo", ping))!, ping));
    }

    [Theory]
    [InlineData("web", "webhook_id=12")]
    [InlineData("woo", "webhook_id=")]
    [InlineData("woo", "webhook_id=12&order=7")]
    [InlineData("woo", "order=7")]
    public async Task Another_form_is_a_delivery_like_any_other(string channel, string body) =>
        Assert.Null(await PostAsync(channel, Request("POST", body, "application/x-www-form-urlencoded")));

    [Fact]
    public async Task A_challenge_of_Adobe_is_echoed_as_plain_text()
    {
        var request = Request("GET");
        request.QueryString = new QueryString("?challenge=%3Cb%3E8ec8d794");
        Assert.Equal("<b>8ec8d794", await TextAsync(await GetAsync("adobe", request), request));
        var headers = request.HttpContext.Response.Headers;
        Assert.StartsWith("text/plain", headers.ContentType.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.XContentTypeOptions);
        await RefusedAsync("method", () => GetAsync("web", request));
        request.QueryString = new QueryString("?challenge=" + new string('a', 2000));
        await RefusedAsync("method", () => GetAsync("adobe", request));
    }

    private static HttpRequest Validation(string body) =>
        Request("POST", body, "application/json", ("aeg-event-type", "SubscriptionValidation"));

    [Fact]
    public async Task Event_Grids_code_is_given_back_where_it_may_subscribe()
    {
        const string Event = """[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6"}}]""";
        var request = Validation(Event);
        using var answer = JsonDocument.Parse(await TextAsync((await PostAsync("grid", request))!, request));
        Assert.Equal("512d38b6", answer.RootElement.GetProperty("validationResponse").GetString());
        await RefusedAsync("origin-not-allowed", () => PostAsync("web", Validation(Event)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[5]")]
    [InlineData("""[{"data":{"validationCode":7}}]""")]
    [InlineData("nonsense")]
    public Task A_validation_without_a_code_is_refused(string body) =>
        RefusedAsync("validation-code", () => PostAsync("grid", Validation(body)));

    [Theory]
    [InlineData("50", "50")]
    [InlineData("500", "100")]
    [InlineData(null, "100")]
    [InlineData("many", "100")]
    public async Task An_allowed_origin_is_told_its_rate(string? asked, string allowed)
    {
        var request = Request("OPTIONS", null, null, ("WebHook-Request-Origin", "erp.example"), ("WebHook-Request-Rate", asked ?? ""));
        await TextAsync(await OptionsAsync("grid", request), request);
        var headers = request.HttpContext.Response.Headers;
        Assert.Equal(("erp.example", allowed), (headers["WebHook-Allowed-Origin"].ToString(), headers["WebHook-Allowed-Rate"].ToString()));
    }

    [Fact]
    public async Task Nobody_may_subscribe_who_is_not_named()
    {
        var stranger = Request("OPTIONS", null, null, ("WebHook-Request-Origin", "stranger.example"));
        await RefusedAsync("origin-not-allowed", () => OptionsAsync("grid", stranger));
        await RefusedAsync("origin-not-allowed", () => OptionsAsync("web", stranger));
        await RefusedAsync("method", () => OptionsAsync("grid", Request("OPTIONS")));
        Assert.False(stranger.HttpContext.Response.Headers.ContainsKey("WebHook-Allowed-Origin"));
    }
}
