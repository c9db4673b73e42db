using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain.Access;
using Stockgate.Platform.Access;

namespace Stockgate.Functions.Tests.Access;

/// <summary>Signing in with a browser: a key becomes a cookie, and the cookie ends with the key.</summary>
public sealed class SignInTests(AzuriteFixture fixture) : AccessOnAzurite(fixture)
{
    private const string Own = "http://127.0.0.1:7071",
        Page = "/api/v1/reports/latest";

    private SignIn SignIn => App.GetRequiredService<SignIn>();

    private static HttpRequest Form(string key, string to = Page, string origin = Own)
    {
        var request = Request(method: "POST", headers: ("Origin", origin));
        var body = Encoding.UTF8.GetBytes($"key={Uri.EscapeDataString(key)}&to={Uri.EscapeDataString(to)}");
        (request.ContentType, request.ContentLength, request.Body) = (
            "application/x-www-form-urlencoded",
            body.Length,
            new MemoryStream(body)
        );
        request.HttpContext.Response.Body = new MemoryStream();
        request.HttpContext.RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider();
        return request;
    }

    private async Task<HttpResponse> EnterAsync(HttpRequest form)
    {
        await (await SignIn.EnterAsync(form, CancellationToken.None)).ExecuteAsync(form.HttpContext);
        return form.HttpContext.Response;
    }

    private async Task<string> CookieAsync(string key)
    {
        var response = await EnterAsync(Form(key));
        Assert.Equal((303, Page), (response.StatusCode, response.Headers.Location.ToString()));
        var cookie = response.Headers.SetCookie.ToString();
        Assert.Matches("; max-age=43200; path=/api; samesite=strict; httponly$", cookie);
        return Regex.Match(cookie, "^[^;]*").Value;
    }

    private static HttpRequest With(string cookie, string method = "GET", string? origin = null)
    {
        var request = Request(method: method, headers: ("Cookie", cookie));
        if (origin is not null)
            request.Headers.Origin = origin;
        return request;
    }

    [Fact]
    public async Task A_right_key_opens_a_session_that_ends_after_half_a_day()
    {
        var key = await KeyAsync("Paul", Role.Planner);
        var cookie = await CookieAsync(key);
        Assert.DoesNotContain(key[21..], cookie, StringComparison.Ordinal);
        Assert.Null(await RefusalAsync("GetLatestReport", With(cookie)));
        Time.Advance(SessionStore.Lifetime);
        Assert.Equal(401, (await RefusalAsync("GetLatestReport", With(cookie)))!.Status);
    }

    [Fact]
    public async Task A_session_ends_with_its_key_and_with_the_sign_out()
    {
        var key = await KeyAsync("Paul", Role.Planner);
        var (one, two) = (await CookieAsync(key), await CookieAsync(key));
        await SignIn.LeaveAsync(With(one, "POST", Own), CancellationToken.None);
        Assert.Equal(401, (await RefusalAsync("GetLatestReport", With(one)))!.Status);
        Assert.Null(await RefusalAsync("GetLatestReport", With(two)));
        await Desk.RevokeAsync(AccessToken.Read(AccessToken.KeyPrefix, key)!.Id, "Root", CancellationToken.None);
        Assert.Equal(401, (await RefusalAsync("GetLatestReport", With(two)))!.Status);
    }

    [Theory]
    [InlineData(null), InlineData("https://evil.example"), InlineData("http://127.0.0.1:7072"), InlineData("null")]
    public async Task A_cookie_changes_nothing_from_another_site(string? origin)
    {
        var cookie = await CookieAsync(await KeyAsync("Mia", Role.Merchandiser));
        Assert.Equal("other-origin", (await RefusalAsync("PostPromotion", With(cookie, "POST", origin)))!.Slug);
        Assert.Null(await RefusalAsync("PostPromotion", With(cookie, "POST", Own)));
    }

    [Theory]
    [InlineData("https://evil.example/"), InlineData("//evil.example"), InlineData("/api/v1/..//evil"), InlineData("/api/v1/\\evil")]
    public async Task Nobody_is_led_to_another_site(string to)
    {
        var response = await EnterAsync(Form(await KeyAsync("Paul", Role.Planner), to));
        Assert.Equal(ReturnPath.Usual, response.Headers.Location.ToString());
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_in()
    {
        var response = await EnterAsync(Form(await KeyAsync("Paul", Role.Planner), origin: "https://evil.example"));
        Assert.Equal(403, response.StatusCode);
        Assert.False(response.Headers.ContainsKey("Set-Cookie"));
    }

    [Fact]
    public async Task After_ten_wrong_keys_an_address_waits()
    {
        var key = await KeyAsync("Paul", Role.Planner);
        var address = System.Net.IPAddress.Parse("192.0.2.7");
        async Task<HttpResponse> TryAsync(string tried)
        {
            var form = Form(tried);
            form.HttpContext.Connection.RemoteIpAddress = address;
            return await EnterAsync(form);
        }
        for (var i = 0; i < KeyGuesses.WrongPerMinute; i++)
            Assert.Equal(403, (await TryAsync("sgk_wrong")).StatusCode);
        var refused = await TryAsync(key);
        Assert.Equal((429, "60"), (refused.StatusCode, refused.Headers.RetryAfter.ToString()));
    }

    [Fact]
    public async Task The_admin_key_of_the_settings_opens_no_session() => Assert.Equal(403, (await EnterAsync(Form(AdminKey))).StatusCode);
}
