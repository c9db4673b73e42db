using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stockgate.EndToEnd.Tests.Ingest;

/// <summary>Channels of several schemes, their handshakes and the API that sets channels up, over HTTP.</summary>
public sealed class ChannelSchemeTests : IAsyncLifetime
{
    private const string Secret = "a-secret-of-the-sender",
        Counted = """{"sku":"SCHEME-1","location":"L1","quantity":5}""";

    private readonly HttpClient http = new();
    private readonly RunningApp running = new()
    {
        Configure = static settings =>
        {
            (string Channel, string Scheme)[] channels =
            [
                ("pay", "Stripe"),
                ("grid", "Basic"),
                ("woo", "WooCommerce"),
                ("open", "None"),
                ("wrong", "Square"),
            ];
            foreach (var (channel, scheme) in channels)
            {
                settings.Environment[$"Channels__{channel}__Scheme"] = scheme;
                settings.Environment[$"Channels__{channel}__Format"] = "Canonical";
                settings.Environment[$"Channels__{channel}__Secrets__0"] = Secret;
            }
            settings.Environment["Channels__grid__User"] = "grid";
            settings.Environment["Channels__grid__AllowedOrigins"] = "eventgrid.azure.net";
        },
    };

    public Task InitializeAsync() => running.InitializeAsync();

    public async Task DisposeAsync()
    {
        http.Dispose();
        await running.DisposeAsync();
    }

    private static string Event(string id) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"erp","type":"stockgate.stock.counted.v1","time":"{{Now:O}}","data":{{Counted}}}""";

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string channel,
        string? body,
        string mediaType = "application/json",
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(method, new Uri(running.App.BaseAddress, $"api/v1/channels/{channel}/events"));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return http.SendAsync(request);
    }

    private static (string, string) Basic => ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"grid:{Secret}")));

    private static (string, string) Stripe(string body, string secret = Secret)
    {
        var at = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}.{body}"));
        return ("Stripe-Signature", $"t={at},v1={Convert.ToHexStringLower(hash)}");
    }

    private static async Task AcceptedAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 202, text);
        Assert.Equal(1, JsonDocument.Parse(text).RootElement.GetProperty("accepted").GetInt32());
        response.Dispose();
    }

    [Fact]
    public async Task Schemes_handshakes_and_modes_work_over_HTTP()
    {
        var before = await running.FootprintAsync();
        await HandshakesAsync();
        using (var unsigned = await SendAsync(HttpMethod.Post, "pay", Event("s0")))
            await Problem.IsAsync(unsigned, 401, "signature-missing", "Stripe-Signature");
        using (var wrong = await SendAsync(HttpMethod.Post, "pay", Event("s0"), headers: Stripe(Event("s0"), "guessed")))
            await Problem.IsAsync(wrong, 401, "signature-wrong", "Stripe-Signature");
        using (var misconfigured = await SendAsync(HttpMethod.Post, "wrong", Event("s0")))
        {
            await Problem.IsAsync(misconfigured, 503, "channel-misconfigured", null);
            Assert.DoesNotContain("Url", await misconfigured.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(before, await running.FootprintAsync());
        Assert.Contains("Channels__wrong__Url is missing", await LogAsync(), StringComparison.Ordinal);

        var signed = Event("s1");
        await AcceptedAsync(await SendAsync(HttpMethod.Post, "pay", signed, headers: Stripe(signed)));
        await AcceptedAsync(await SendAsync(HttpMethod.Post, "open", Event("s5")));
        await AcceptedAsync(await SendAsync(HttpMethod.Post, "grid", $"[{Event("s2")}]", "application/cloudevents-batch+json", Basic));
        await AcceptedAsync(
            await SendAsync(
                HttpMethod.Post,
                "grid",
                Counted,
                "application/json",
                Basic,
                ("ce-specversion", "1.0"),
                ("ce-id", "s3"),
                ("ce-source", "erp"),
                ("ce-type", "stockgate.stock.counted.v1"),
                ("ce-time", $"{Now:O}")
            )
        );
        await running.ProjectedAsync();
        Assert.Equal(5, (await running.ReadAsync("inventory/SCHEME-1")).GetProperty("availableToPromise").GetDecimal());
        await SetUpAsync();
    }

    private async Task HandshakesAsync()
    {
        using (var ping = await SendAsync(HttpMethod.Post, "woo", "webhook_id=7", "application/x-www-form-urlencoded"))
            Assert.Equal(200, (int)ping.StatusCode);
        using (var unknown = await SendAsync(HttpMethod.Post, "nobody", "webhook_id=7", "application/x-www-form-urlencoded"))
            await Problem.IsAsync(unknown, 404, "unknown-channel", "channel");
        (string, string) validation = ("aeg-event-type", "SubscriptionValidation");
        using (var code = await SendAsync(HttpMethod.Post, "grid", """[{"data":{"validationCode":"512d"}}]""", headers: validation))
            Assert.Equal("""{"validationResponse":"512d"}""", await code.Content.ReadAsStringAsync());
        (string, string) origin = ("WebHook-Request-Origin", "eventgrid.azure.net");
        using (var options = await SendAsync(HttpMethod.Options, "grid", null, headers: origin))
            Assert.Equal("eventgrid.azure.net", options.Headers.GetValues("WebHook-Allowed-Origin").Single());
        using var refused = await SendAsync(HttpMethod.Options, "pay", null, headers: origin);
        await Problem.IsAsync(refused, 403, "origin-not-allowed", "WebHook-Request-Origin");
    }

    private async Task SetUpAsync()
    {
        var setup = """{"scheme":"Stripe","format":"Canonical","requestsPerMinute":1}"""u8.ToArray();
        using (var nobody = await running.CallAsync(HttpMethod.Put, "channels/till", RunningApp.Reader, setup))
            await Problem.IsAsync(nobody, 403, "role-needed", null);
        using (var put = await running.CallAsync(HttpMethod.Put, "channels/till", RunningApp.Admin, setup))
            Assert.Equal(200, (int)put.StatusCode);
        using var added = await running.CallAsync(HttpMethod.Post, "channels/till/secrets", RunningApp.Admin, "{}"u8.ToArray());
        Assert.Equal(201, (int)added.StatusCode);
        var secret = await added.Content.ReadFromJsonAsync<JsonElement>();
        var body = Event("s4");
        await AcceptedAsync(
            await SendAsync(HttpMethod.Post, "till", body, headers: Stripe(body, secret.GetProperty("secret").GetString()!))
        );
        using (var more = await SendAsync(HttpMethod.Post, "till", body, headers: Stripe(body, secret.GetProperty("secret").GetString()!)))
        {
            await Problem.IsAsync(more, 429, "too-many-requests", null);
            Assert.InRange(more.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        }
        var id = secret.GetProperty("id").GetString();
        using (var gone = await running.CallAsync(HttpMethod.Delete, $"channels/till/secrets/{id}", RunningApp.Admin))
            Assert.Equal(204, (int)gone.StatusCode);
        using (var wrong = await SendAsync(HttpMethod.Post, "till", body, headers: Stripe(body, secret.GetProperty("secret").GetString()!)))
            await Problem.IsAsync(wrong, 401, "signature-wrong", "Stripe-Signature");
        var listed = (await running.ReadAsync("channels")).GetProperty("channels").EnumerateArray();
        Assert.Contains("till", listed.Select(static c => c.GetProperty("name").GetString()));
        Assert.NotEmpty((await running.ReadAsync("channels/wrong")).GetProperty("mistakes").EnumerateArray());
    }

    private async Task<string> LogAsync()
    {
        await using var file = new FileStream(running.App.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return await new StreamReader(file).ReadToEndAsync();
    }
}
