using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stockgate.Demo.Local;

namespace Stockgate.EndToEnd.Tests.Access;

/// <summary>Keys and sign-in over HTTP, through the Functions host.</summary>
[Collection(SharedApp.Name)]
public sealed class AccessTests(RunningApp running) : IDisposable
{
    private const string Report = "/api/v1/reports/latest/index.html";

    private readonly HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() });

    public void Dispose() => browser.Dispose();

    private Uri At(string path) => new(running.App.BaseAddress, path);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, At(path)) { Content = content };
        request.Headers.Add("Accept", "text/html");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await browser.SendAsync(request);
    }

    private string Own => running.App.BaseAddress.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task Whoever_has_no_key_or_a_host_key_is_asked_for_one_of_the_api()
    {
        using var none = await running.CallAsync(HttpMethod.Get, "exceptions", by: null);
        await Problem.IsAsync(none, 401, "no-key", "Authorization");
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.Single().Scheme);
        using var request = new HttpRequestMessage(HttpMethod.Get, At("api/v1/exceptions"));
        request.Headers.Add("x-functions-key", running.App.HostKey);
        using var host = await browser.SendAsync(request);
        await Problem.IsAsync(host, 401, "no-key", "Authorization");
    }

    [Fact]
    public async Task A_browser_is_led_to_sign_in_and_back_and_changes_nothing_from_another_site()
    {
        using var asked = await SendAsync(HttpMethod.Get, Report);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var signIn = asked.Headers.Location!.ToString();
        Assert.Equal($"/api/sign-in?to={Uri.EscapeDataString(Report)}", signIn);
        using var page = await SendAsync(HttpMethod.Get, signIn);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains($"name=\"to\" value=\"{Report}\"", html, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        var key = await running.KeyOfAsync(RunningApp.Reader);
        FormUrlEncodedContent Form() => new([new("key", key), new("to", Report)]);
        using (var foreign = await SendAsync(HttpMethod.Post, "/api/sign-in", Form(), "https://evil.example"))
            Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        using (var entered = await SendAsync(HttpMethod.Post, "/api/sign-in", Form(), Own))
            Assert.Equal((HttpStatusCode.SeeOther, Report), (entered.StatusCode, entered.Headers.Location!.ToString()));
        // No report was made yet, which is told to whoever may read it.
        using (var report = await SendAsync(HttpMethod.Get, Report))
            Assert.Equal(HttpStatusCode.NotFound, report.StatusCode);
        using (var foreign = await SendAsync(HttpMethod.Post, "/api/v1/forecasts/runs", origin: "https://evil.example"))
            await Problem.IsAsync(foreign, 403, "other-origin", "Origin");

        using (var left = await SendAsync(HttpMethod.Post, "/api/sign-out", origin: Own))
            Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        using (var after = await SendAsync(HttpMethod.Get, Report))
            Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task A_partner_reads_the_quarantined_records_of_its_own_channel()
    {
        await running.Partner.PostAsync([Events.Of("price.changed", new { sku = "ACC-1", price = -1 })]);
        var key = await running.Keys.OfAsync("Retailer's till", "partner", AppSettings.Channel);
        using (var own = await running.CallWithKeyAsync(HttpMethod.Get, "quarantine", key))
        {
            var records = (await own.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("records").EnumerateArray().ToList();
            Assert.NotEmpty(records);
            Assert.All(records, static r => Assert.Equal(AppSettings.Channel, r.GetProperty("channel").GetString()));
        }
        foreach (var path in new[] { $"quarantine?channel={AppSettings.ShopifyChannel}", $"quarantine/{AppSettings.ShopifyChannel}/x" })
            using (var other = await running.CallWithKeyAsync(HttpMethod.Get, path, key))
                await Problem.IsAsync(other, 403, "not-your-channel", "channel");
        using var stock = await running.CallWithKeyAsync(HttpMethod.Get, "inventory/ACC-1", key);
        await Problem.IsAsync(stock, 403, "role-needed", null);
    }

    [Fact]
    public void The_first_key_is_made_where_none_is_set_and_only_its_owner_reads_it()
    {
        var file = Path.Combine(running.Settings.StateFolder, "admin-key");
        Assert.Equal(running.App.AdminKey, File.ReadAllText(file).Trim());
        Assert.Equal(64, running.App.AdminKey.Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task The_admin_lists_keys_without_their_secrets_and_revokes_them()
    {
        var key = await running.Keys.OfAsync("Nadia", "finance");
        var id = key[4..20];
        using (var listed = await running.CallWithKeyAsync(HttpMethod.Get, "keys", running.App.AdminKey))
        {
            var text = await listed.Content.ReadAsStringAsync();
            Assert.Contains(id, text, StringComparison.Ordinal);
            Assert.DoesNotContain(key[21..], text, StringComparison.Ordinal);
        }
        using (var read = await running.CallWithKeyAsync(HttpMethod.Get, "exceptions", key))
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using (var denied = await running.CallWithKeyAsync(HttpMethod.Post, $"keys/{id}/revoke", key))
            await Problem.IsAsync(denied, 403, "role-needed", null);
        using (var revoked = await running.CallWithKeyAsync(HttpMethod.Post, $"keys/{id}/revoke", running.App.AdminKey))
            Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        using var after = await running.CallWithKeyAsync(HttpMethod.Get, "exceptions", key);
        await Problem.IsAsync(after, 401, "wrong-key", "Authorization");
    }
}
