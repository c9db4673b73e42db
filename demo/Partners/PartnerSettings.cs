using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Signatures;

namespace Stockgate.Demo.Partners;

/// <summary>
/// The channels of a simulated retailer, with secrets that are new for every run, and what the app's settings say of them.
/// </summary>
public sealed class PartnerSettings
{
    public IReadOnlyList<PartnerChannel> Channels { get; init; } =
    [
        new("erp", ChannelKind.Erp, ConfirmBy.Callback),
        new("pos", ChannelKind.Pos, ConfirmBy.Callback),
        new("ecommerce", ChannelKind.Ecommerce, ConfirmBy.Callback),
        new("oms", ChannelKind.Oms, ConfirmBy.Poll),
        new("wms", ChannelKind.Wms, ConfirmBy.Callback),
        new("marketplace", ChannelKind.Marketplace, ConfirmBy.Poll),
    ];

    /// <summary>
    /// Adds every channel to the settings of an app that is about to start: where it is sent to, and that it may post events.
    /// </summary>
    /// <param name="partners">Where the <see cref="PartnerServer"/> listens.</param>
    public void AddTo(IDictionary<string, string> environment, Uri partners)
    {
        environment["OutboundAllowPrivateAddresses"] = "true";
        foreach (var channel in Channels)
        {
            environment[$"Outbound__{channel.Name}__Kind"] = channel.Kind.ToString();
            environment[$"Outbound__{channel.Name}__Url"] = new Uri(partners, channel.Name).AbsoluteUri;
            environment[$"Outbound__{channel.Name}__Secrets__0"] = Written(channel.Secret);
            environment[$"Outbound__{channel.Name}__Confirm"] = channel.Confirm.ToString();
            environment[$"Channels__{channel.Name}__Scheme"] = nameof(ChannelScheme.StandardWebhooks);
            environment[$"Channels__{channel.Name}__Secrets__0"] = Written(channel.EventSecret);
        }
    }

    private static string Written(byte[] secret) => StandardWebhooksSignature.SecretPrefix + Convert.ToBase64String(secret);
}
