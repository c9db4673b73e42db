using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest.AdobeCommerce;
using Stockgate.Domain.Ingest.BigCommerce;
using Stockgate.Domain.Ingest.Commercetools;
using Stockgate.Domain.Ingest.Epcis;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Domain.Ingest.Shopware;
using Stockgate.Domain.Ingest.Square;
using Stockgate.Domain.Ingest.WooCommerce;

namespace Stockgate.Domain.Ingest;

/// <summary>Names of what a record can be: event types, and the topics of systems that are translated.</summary>
public static class DeliveryTopics
{
    /// <summary>Whether it is one of ours or of a system's, and not a word of a sender's own.</summary>
    public static bool IsKnown(string topic) =>
        EventTypes.Find(topic) is not null
        || ShopifyTopics.All.Contains(topic)
        || WooCommerceTranslator.IsTopic(topic)
        || CommercetoolsTranslator.IsTopic(topic)
        || SquareTranslator.IsTopic(topic)
        || AdobeCommerceTranslator.IsTopic(topic)
        || ShopwareTranslator.IsTopic(topic)
        || BigCommerceTranslator.IsTopic(topic)
        || EpcisTranslator.IsTopic(topic);
}
