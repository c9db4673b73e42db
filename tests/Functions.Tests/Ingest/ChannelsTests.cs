using Microsoft.Extensions.Options;
using Stockgate.Domain;
using Stockgate.Functions.Tests.Settings;
using Stockgate.Platform.Ingest;

namespace Stockgate.Functions.Tests.Ingest;

public class ChannelsTests
{
    // Long enough to be a secret, and nothing that a message would hold by chance.
    private const string Secret = "whsec_U1VQRVJTRUNSRVRTVVBFUlNFQ1JFVFNVUEVSU0VDUkVU";

    private static Channels Of(params (string Key, string? Value)[] settings) => App.Made<Channels>(settings);

    [Fact]
    public void Channels_are_those_of_the_settings()
    {
        var channels = Of(
            ("Channels:web:Scheme", "StandardWebhooks"),
            ("Channels:web:Secrets:0", Secret),
            ("Channels:web:Secrets:1", Secret),
            ("Channels:shop:Scheme", "shopify"),
            ("Channels:shop:Secrets:0", "hush"),
            ("Channels:shop:Currency", "GBP"),
            ("Channels:shop:Locations:905684977", "warehouse")
        );
        Assert.Equal(2, channels.Find("WEB")!.Secrets.Count);
        Assert.Null(channels.Find("web")!.Shop);
        var shop = channels.Find("shop")!.Shop!;
        Assert.Equal("shop-online", shop.DefaultLocation.Value);
        Assert.Equal("warehouse", shop.LocationOf("905684977").Value);
        Assert.Equal("7", shop.LocationOf("7").Value);
        Assert.Equal("shop-online", shop.LocationOf(null).Value);
        Assert.Equal(Currency.Parse("GBP"), shop.Currency);
        Assert.Null(channels.Find("other"));
        Assert.Null(Of().Find("web"));
    }

    public static TheoryData<string, string, string?, string?> Mistakes =>
        new()
        {
            { "Channels__web__Scheme", "StandardWebhooks", null, Secret },
            { "Channels__web__Scheme", "StandardWebhooks", "", Secret },
            { "Channels__web__Scheme", "StandardWebhooks", "hmac", Secret },
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
        var message = Assert.Throws<OptionsValidationException>(() => Of([.. settings])).ToString();
        Assert.Contains(setting, message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain("SUPERSECRET", message, StringComparison.Ordinal);
        Assert.DoesNotContain("U1VQRV", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_secret_is_named_by_its_own_number() =>
        Assert.Contains(
            "Channels__web__Secrets__1",
            Assert
                .Throws<OptionsValidationException>(() =>
                    Of(("Channels:web:Scheme", "StandardWebhooks"), ("Channels:web:Secrets:0", Secret), ("Channels:web:Secrets:1", "x"))
                )
                .Message,
            StringComparison.Ordinal
        );
}
