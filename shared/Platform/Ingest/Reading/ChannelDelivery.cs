using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Domain.Ingest.WooCommerce;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Ingest.Signing;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest.Reading;

/// <summary>Reads deliveries by their channel's format: a new format has its arms here.</summary>
internal static class ChannelDelivery
{
    /// <summary>The topic that the request names; empty where the format has none.</summary>
    public static string TopicOf(Channel channel, IHeaderDictionary headers) =>
        channel.Format switch
        {
            ChannelFormat.Shopify => headers[ShopifySignature.TopicHeader].ToString(),
            ChannelFormat.WooCommerce => headers[WooCommerceTranslator.TopicHeader].ToString(),
            _ => "",
        };

    /// <summary>What the request says of the delivery beside its body; null where the format says nothing there.</summary>
    public static DeliveryHeaders? HeadersOf(Channel channel, IHeaderDictionary headers) =>
        channel.Format switch
        {
            ChannelFormat.Shopify => ShopifyRequest.HeadersOf(headers),
            _ => null,
        };

    /// <summary>The body as it is read and kept: events in other forms of CloudEvents become structured ones.</summary>
    /// <exception cref="ProblemException">A binary event, and the channel does not take them.</exception>
    public static ReadOnlyMemory<byte> BodyOf(Channel channel, HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (channel.Format != ChannelFormat.Canonical)
            return body;
        if (EventGridEvents.Are(request))
            return EventGridEvents.ToCloudEvents(body);
        if (!BinaryCloudEvent.Is(request))
            return body;
        return channel.BinaryMode || ChannelSignature.CoversHeaders(channel.Scheme)
            ? BinaryCloudEvent.ToStructured(request, body)
            : throw IngestProblems.BinaryMode();
    }

    /// <param name="channel">The channel.</param>
    /// <param name="topic">As <see cref="TopicOf"/>.</param>
    /// <param name="body">As <see cref="BodyOf"/>.</param>
    /// <param name="stocked">The SKU that a stock level is about; null where it is not known.</param>
    /// <param name="said">As <see cref="HeadersOf"/>.</param>
    /// <param name="buckets">How many there are.</param>
    /// <param name="now">Our clock.</param>
    public static IReadOnlyList<IncomingRecord> Read(
        Channel channel,
        string topic,
        ReadOnlyMemory<byte> body,
        Sku? stocked,
        DeliveryHeaders? said,
        int buckets,
        DateTimeOffset now
    ) =>
        channel.Format switch
        {
            ChannelFormat.Shopify => TranslatedDelivery.Read(
                body,
                topic,
                buckets,
                root => new ShopifyTranslator(channel.Shop!).Translate(topic, root, stocked, now, said)
            ),
            ChannelFormat.WooCommerce => TranslatedDelivery.Read(
                body,
                topic,
                buckets,
                root => new WooCommerceTranslator(channel.Shop!).Translate(topic, root, now)
            ),
            ChannelFormat.Mapping => TranslatedDelivery.Read(channel, body, buckets, now),
            _ => CanonicalDelivery.Read(channel, body, buckets, now),
        };
}
