using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Functions.Tests.Ingest;

public class ChannelsTests
{
    // Long enough to be a secret, and nothing that a message would hold by chance.
    private const string Secret = "whsec_U1VQRVJTRUNSRVRTVVBFUlNFQ1JFVFNVUEVSU0VDUkVU";

    private static Channels Of(params (string Key, string? Value)[] settings) => App.Made<Channels>(settings);

    private static Task<Channel> GetAsync(Channels channels, string name) => channels.GetAsync(name, CancellationToken.None);

    private static async Task<string> RefusalAsync(Channels channels, string name) =>
        (await Assert.ThrowsAsync<ProblemException>(() => channels.RequireOpenAsync(name, CancellationToken.None))).Slug;

    [Fact]
    public async Task Channels_are_those_of_the_settings()
    {
        await using var channels = Of(
            ("Channels:web:Scheme", "StandardWebhooks"),
            ("Channels:web:Secrets:0", Secret),
            ("Channels:web:Secrets:1", Secret),
            ("Channels:shop:Scheme", "shopify"),
            ("Channels:shop:Secrets:0", "hush"),
            ("Channels:shop:Currency", "GBP"),
            ("Channels:shop:Locations:905684977", "warehouse")
        );
        Assert.Equal(2, (await GetAsync(channels, "WEB")).Secrets.Count);
        Assert.Null((await GetAsync(channels, "web")).Shop);
        var shop = (await GetAsync(channels, "shop")).Shop!;
        Assert.Equal("shop-online", shop.DefaultLocation.Value);
        Assert.Equal("warehouse", shop.LocationOf("905684977").Value);
        Assert.Equal("7", shop.LocationOf("7").Value);
        Assert.Equal("shop-online", shop.LocationOf(null).Value);
        Assert.Equal(Currency.Parse("GBP"), shop.Currency);
    }

    [Fact]
    public async Task A_mistake_in_one_channel_hurts_that_channel_alone()
    {
        await using var channels = Of(
            ("Channels:web:Scheme", "StandardWebhooks"),
            ("Channels:web:Secrets:0", Secret),
            ("Channels:till:Scheme", "StandardWebhook"),
            ("Channels:erp", "x"),
            ("Channels:off:Scheme", "StandardWebhooks"),
            ("Channels:off:Secrets:0", Secret),
            ("Channels:off:Enabled", "false")
        );
        Assert.Equal("channel-misconfigured", await RefusalAsync(channels, "till"));
        Assert.Equal("channel-misconfigured", await RefusalAsync(channels, "ERP"));
        Assert.Equal("channel-disabled", await RefusalAsync(channels, "off"));
        Assert.Single((await GetAsync(channels, "web")).Secrets);
    }

    [Fact]
    public async Task Only_so_many_requests_are_admitted_in_a_minute()
    {
        await using var channels = Of(
            ("Channels:web:Scheme", "StandardWebhooks"),
            ("Channels:web:Secrets:0", Secret),
            ("Channels:web:RequestsPerMinute", "2"),
            ("Channels:free:Scheme", "StandardWebhooks"),
            ("Channels:free:Secrets:0", Secret)
        );
        var (web, free) = (await GetAsync(channels, "web"), await GetAsync(channels, "free"));
        var response = new DefaultHttpContext().Response;
        for (var i = 0; i < 2; i++)
            channels.Admit(web, response);
        var refused = Assert.Throws<ProblemException>(() => channels.Admit(web, response));
        Assert.Equal((429, "too-many-requests"), (refused.Status, refused.Slug));
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        channels.Admit(free, response);
    }

    public static TheoryData<string, string, string, string> Schemes =>
        new()
        {
            { "Stripe", "Format", "Canonical", "Format" },
            { "Square", "Url", "https://retailer.example/square", "Url" },
            { "Basic", "User", "till", "User" },
            { "AdobeEvents", "ClientId", "ours", "ClientId" },
            { "Hmac", "Hmac:Header", "X-Signature", "Hmac__Header" },
        };

    [Theory, MemberData(nameof(Schemes))]
    public async Task A_scheme_needs_its_parameters(string scheme, string name, string value, string shown)
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var settings = new List<(string, string?)>
        {
            ("Channels:web:Scheme", scheme),
            ("Channels:web:Secrets:0", scheme == "AdobeEvents" ? key.ExportSubjectPublicKeyInfoPem() : "hush"),
        };
        if (name != "Format")
            settings.Add(("Channels:web:Format", "Canonical"));
        Assert.Contains($"Channels__web__{shown} is missing", MistakesOf([.. settings]), StringComparison.Ordinal);
        await using var channels = Of([.. settings, ($"Channels:web:{name}", value)]);
        Assert.Equal(ChannelFormat.Canonical, (await GetAsync(channels, "web")).Format);
    }

    [Fact]
    public void A_timestamp_that_is_not_signed_is_a_mistake() =>
        Assert.Contains(
            "Channels__web__Hmac__Signs is Body",
            MistakesOf(
                ("Channels:web:Scheme", "Hmac"),
                ("Channels:web:Format", "Canonical"),
                ("Channels:web:Secrets:0", "hush"),
                ("Channels:web:Hmac:Header", "X-Signature"),
                ("Channels:web:Hmac:TimestampHeader", "X-Time"),
                ("Channels:web:Hmac:Signs", "Body")
            ),
            StringComparison.Ordinal
        );

    private static string MistakesOf(params (string Key, string? Value)[] settings) =>
        string.Join(' ', App.Made<ChannelsOptions>(settings).Mistakes["web"]);

    public static TheoryData<string, string, string?, string?> Mistakes =>
        new()
        {
            { "Channels__web__Scheme", "StandardWebhooks", null, Secret },
            { "Channels__web__Scheme", "StandardWebhooks", "", Secret },
            { "Channels__web__Scheme", "StandardWebhooks", "hmack", Secret },
            { "Channels__web__Scheme", "StandardWebhooks", "7", Secret },
            { "Channels__web__Scheme", "StandardWebhooks", "1", Secret },
            { "Channels__web__Secrets__0", "missing", "StandardWebhooks", null },
            { "Channels__web__Secrets__0", "empty", "StandardWebhooks", "" },
            { "Channels__web__Secrets__0", "empty", "StandardWebhooks", "  " },
            { "Channels__web__Secrets__0", "whsec_", "StandardWebhooks", "SUPERSECRET" },
            { "Channels__web__Secrets__0", "base64", "StandardWebhooks", "whsec_SUPERSECRET!" },
            { "Channels__web__Secrets__0", "24 to 64", "StandardWebhooks", "whsec_U1VQRVJTRUNSRVQ=" },
            { "Channels__web__Secrets__0", "empty", "Shopify", " " },
            { "Channels__web__Currency", "ISO 4217", "Shopify", "SUPERSECRET" },
        };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_setting_that_can_not_be_used_is_named_and_no_secret_is_shown(string setting, string said, string? scheme, string? secret)
    {
        var settings = new List<(string, string?)> { ("Channels:web:DefaultLocation", "here") };
        if (scheme is not null)
            settings.Add(("Channels:web:Scheme", scheme));
        if (secret is not null)
            settings.Add(("Channels:web:Secrets:0", secret));
        var message = MistakesOf([.. settings]);
        Assert.Contains(setting, message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain("SUPERSECRET", message, StringComparison.Ordinal);
        Assert.DoesNotContain("U1VQRV", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_secret_is_named_by_its_own_number() =>
        Assert.Contains(
            "Channels__web__Secrets__1",
            MistakesOf(("Channels:web:Scheme", "StandardWebhooks"), ("Channels:web:Secrets:0", Secret), ("Channels:web:Secrets:1", "x")),
            StringComparison.Ordinal
        );
}
