using Microsoft.Extensions.Options;
using Stockgate.Domain;
using Stockgate.Platform.Outbound;

namespace Stockgate.Functions.Tests.Outbound;

public class OutboundChannelsTests
{
    private const string Secret = StubChannel.Secret;

    private static (string, string?)[] Channel(string name, string kind, params (string Key, string? Value)[] more) =>
        [
            ($"Outbound:{name}:Kind", kind),
            ($"Outbound:{name}:Url", $"https://{name}.example/hooks/"),
            ($"Outbound:{name}:Secrets:0", Secret),
            .. more.Select(m => ($"Outbound:{name}:{m.Key}", m.Value)),
        ];

    private static SalesChannelId[] Named(params string[] names) => [.. names.Select(SalesChannelId.From)];

    [Fact]
    public void What_a_channel_leaves_out_has_its_default()
    {
        var channels = StubChannel.Settings([.. Channel("wms", "wms"), .. Channel("shop", "Ecommerce"), .. Channel("tills", "Pos")]);
        Assert.Equal(["shop", "tills", "wms"], channels.All.Select(static c => c.Id.Value));
        Assert.False(channels.AllowPrivateAddresses);
        var tills = channels.Find(new SalesChannelId("TILLS"))!;
        Assert.Equal(
            (
                ConfirmBy.Callback,
                new ChannelId("tills"),
                TimeSpan.Zero,
                "prices loaded",
                TimeSpan.FromDays(7),
                false,
                TimeSpan.FromSeconds(10)
            ),
            (tills.Confirm, tills.AnswersFrom, tills.LeadTime, tills.Needs, tills.ReadyMaxAge, tills.AsksReadiness, tills.Timeout)
        );
        Assert.Equal(
            [("content staged", true), ("prices loaded", false), ("waves and labour planned", true)],
            channels.All.Select(static c => (c.Needs, c.AsksReadiness))
        );
        Assert.Null(channels.Find(new SalesChannelId("other")));
    }

    [Fact]
    public void What_a_channel_says_of_itself_is_read()
    {
        var wms = Assert.Single(
            StubChannel
                .Settings(
                    Channel(
                        "wms",
                        "Wms",
                        ("Confirm", "poll"),
                        ("AnswersFrom", "bridge"),
                        ("LeadTime", "1.12:00:00"),
                        ("Needs", "slots"),
                        ("ReadyMaxAge", "02:00:00"),
                        ("AsksReadiness", "FALSE"),
                        ("Timeout", "00:00:03")
                    )
                )
                .All
        );
        Assert.Equal(
            (
                ConfirmBy.Poll,
                new ChannelId("bridge"),
                TimeSpan.FromHours(36),
                "slots",
                TimeSpan.FromHours(2),
                false,
                TimeSpan.FromSeconds(3)
            ),
            (wms.Confirm, wms.AnswersFrom, wms.LeadTime, wms.Needs, wms.ReadyMaxAge, wms.AsksReadiness, wms.Timeout)
        );
    }

    [Fact]
    public void Back_offices_always_take_part_and_shops_where_they_are_named()
    {
        var channels = StubChannel.Settings([
            .. Channel("erp", "Erp"),
            .. Channel("oms", "Oms"),
            .. Channel("wms", "Wms"),
            .. Channel("pos", "Pos"),
            .. Channel("web", "Ecommerce"),
            .. Channel("market", "Marketplace"),
        ]);
        Assert.Equal(["erp", "oms", "wms"], channels.For([]).Select(static c => c.Id.Value));
        Assert.Equal(
            ["erp", "market", "oms", "pos", "wms"],
            channels.For(Named("pos", "market", "erp", "nowhere")).Select(static c => c.Id.Value)
        );
        Assert.Equal(Named("nowhere"), channels.Unknown(Named("pos", "nowhere", "erp")));
    }

    [Fact]
    public void Everything_else_is_below_a_channels_address_whatever_a_promotion_is_called()
    {
        var pos = StubChannel.Settings(Channel("pos", "Pos")).All[0];
        Assert.Equal(
            "https://pos.example/hooks/promotions/a%2F..%20b%3F/3/prepare",
            pos.Below("promotions", "a/.. b?", "3", "prepare").AbsoluteUri
        );
        Assert.Equal("https://pos.example/hooks/health", pos.Below("health").AbsoluteUri);
    }

    public static TheoryData<string, string?, string> Mistakes =>
        new()
        {
            { "Outbound:pos:Kind", null, "Marketplace" },
            { "Outbound:pos:Kind", "till", "Marketplace" },
            { "Outbound:pos:Kind", "1", "Marketplace" },
            { "Outbound:pos:Kind", "Pos, Erp", "Marketplace" },
            { "Outbound:pos:Url", null, "missing" },
            { "Outbound:pos:Url", "/in", "https" },
            { "Outbound:pos:Url", "ftp://pos.example", "https" },
            { "Outbound:pos:Url", "http://pos.example", "plain http" },
            { "Outbound:pos:Url", "https://me:SUPERSECRET@pos.example", "user name" },
            { "Outbound:pos:Url", "https://pos.example/?key=SUPERSECRET", "query" },
            { "Outbound:pos:Secrets:0", null, "missing" },
            { "Outbound:pos:Secrets:0", " ", "empty" },
            { "Outbound:pos:Secrets:0", "SUPERSECRET", "whsec_" },
            { "Outbound:pos:Secrets:0", "whsec_SUPERSECRET!", "base64" },
            { "Outbound:pos:Secrets:0", "whsec_U1VQRVJTRUNSRVQ=", "24 to 64" },
            { "Outbound:pos:Confirm", "fax", "Callback, Poll" },
            { "Outbound:pos:LeadTime", "two days", "0 to 90 days" },
            { "Outbound:pos:LeadTime", "-00:00:01", "0 to 90 days" },
            { "Outbound:pos:ReadyMaxAge", "00:00:00", "1 minute to 365 days" },
            { "Outbound:pos:AsksReadiness", "maybe", "true, false" },
            { "Outbound:pos:Timeout", "00:00:00", "0.1 seconds to 2 minutes" },
            { "Outbound:pos:Timeout", "01:00:00", "0.1 seconds to 2 minutes" },
            { "Outbound:pos:Needs", " ", "1 to 128" },
            { "Outbound:pos:AnswersFrom", "", "1 to 128" },
            { "OutboundAllowPrivateAddresses", "yes", "true, false" },
            { "Outbound:AllowPrivateAddresses", "true", "Outbound__AllowPrivateAddresses__Kind" },
        };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_setting_that_can_not_be_used_is_named_and_no_secret_is_shown(string setting, string? value, string said)
    {
        var settings = Channel("pos", "Pos")
            .Where(s => s.Item1 != setting)
            .Append((setting, value))
            .Where(static s => s.Item2 is not null)
            .ToArray();
        var message = Assert.Throws<OptionsValidationException>(() => StubChannel.Settings(settings)).ToString();
        Assert.Contains(setting.Replace(":", "__", StringComparison.Ordinal), message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain("SUPERSECRET", message, StringComparison.Ordinal);
        Assert.DoesNotContain("U1VQRV", message, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_network_of_ones_own_plain_http_will_do() =>
        Assert.Equal(
            Uri.UriSchemeHttp,
            Assert
                .Single(
                    StubChannel
                        .Settings(
                            ("OutboundAllowPrivateAddresses", "true"),
                            ("Outbound:pos:Kind", "Pos"),
                            ("Outbound:pos:Url", "http://10.0.0.7/in"),
                            ("Outbound:pos:Secrets:0", Secret)
                        )
                        .All
                )
                .Url.Scheme
        );
}
