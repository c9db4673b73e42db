using Microsoft.Extensions.Configuration;
using Stockgate.Platform.Outbound;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>Channels that post events, and channels that get messages.</summary>
internal static class ChannelDescriptions
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly OutboundChannel Usual = OutboundChannels.Read(
        SettingsExamples.Of(("till:Kind", "Pos"), ("till:Url", "https://till.example"), ("till:Secrets:0", Secret)).GetSection("till"),
        allowPrivate: false
    );

    public static SettingGroup Ingest { get; } =
        new(
            "Channels that post events",
            "A channel that is not set does not exist: its requests are answered 404.",
            [
                new(
                    "Channels__NAME__Scheme",
                    "`StandardWebhooks`, `Shopify`",
                    "required",
                    "how its requests are signed and what they look like",
                    "Shopify"
                ),
                new(
                    "Channels__NAME__Secrets__N",
                    "`whsec_…`; of Shopify the shop's secret",
                    "required",
                    "signing secret; two while one is being changed",
                    "hush"
                ),
                new("Channels__NAME__Currency", "ISO 4217", "", "Shopify: the shop's currency; required there", "GBP"),
                new(
                    "Channels__NAME__DefaultLocation",
                    "location",
                    "NAME-online",
                    "Shopify: where orders without a location take stock from",
                    "online"
                ),
                new(
                    "Channels__NAME__Locations__ID",
                    "location",
                    "",
                    "Shopify: our name of its location; without it the id itself is the name",
                    "warehouse"
                ),
            ]
        );

    public static SettingGroup Outbound { get; } =
        new(
            "Channels that get messages",
            "`Erp`, `Oms` and `Wms` take part in every promotion, `Pos`, `Ecommerce` and `Marketplace` where a promotion names them.",
            [
                new(
                    "Outbound__NAME__Kind",
                    "`Erp`, `Oms`, `Wms`, `Pos`, `Ecommerce`, `Marketplace`",
                    "required",
                    "what the system is",
                    "Pos"
                ),
                new("Outbound__NAME__Url", "https address", "required", "where messages are posted to", "https://pos.example/in"),
                new("Outbound__NAME__Secrets__N", "`whsec_…`", "required", "secrets of our signatures; the first one signs", Secret),
                new(
                    "Outbound__NAME__Confirm",
                    "`Callback`, `Poll`",
                    Usual.Confirm.ToString(),
                    "whether it posts its answers, or is asked",
                    "Poll"
                ),
                new("Outbound__NAME__AnswersFrom", "channel", "NAME", "the ingest channel that its answers come from", "shop"),
                new(
                    "Outbound__NAME__LeadTime",
                    "0 to 90 days",
                    SettingDescription.Text(Usual.LeadTime),
                    "how long before a promotion's start it needs the prices",
                    "00:10:00"
                ),
                new(
                    "Outbound__NAME__AsksReadiness",
                    "`true`, `false`",
                    "(true of `Wms` and `Ecommerce`)",
                    "whether a promotion waits until it has said that it is ready",
                    "true"
                ),
                new(
                    "Outbound__NAME__Needs",
                    "1 to 128 characters",
                    Usual.Needs,
                    "what being ready means there (`waves and labour planned` of `Wms`, `content staged` of `Ecommerce`)",
                    "prices"
                ),
                new(
                    "Outbound__NAME__ReadyMaxAge",
                    "1 minute to 365 days",
                    SettingDescription.Text(Usual.ReadyMaxAge),
                    "how long its word that it is ready counts",
                    "1.00:00:00"
                ),
                new(
                    "Outbound__NAME__Timeout",
                    "0.1 seconds to 2 minutes",
                    SettingDescription.Text(Usual.Timeout),
                    "of one attempt to send or to ask",
                    "00:00:05"
                ),
                new(
                    "Outbound__NAME__OrdersOf",
                    "channels",
                    "",
                    "channels whose orders' actions it carries out; otherwise the `Oms` does, or the channel that the order came from",
                    "shop"
                ),
                new(
                    "OutboundAllowPrivateAddresses",
                    "`true`, `false`",
                    "false",
                    "whether channels may be on a private network and use plain http; `true` on one machine",
                    "true"
                ),
            ]
        );
}
