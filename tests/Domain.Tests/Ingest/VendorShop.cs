using System.Text.Json;

namespace Stockgate.Domain.Tests.Ingest;

/// <summary>A shop whose deliveries are translated, with what is remembered of earlier ones.</summary>
internal sealed class VendorShop(BodyTranslator translator)
{
    private readonly Dictionary<string, Sku> items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> ids = new(StringComparer.Ordinal);

    /// <summary>Settings of a shop in the default currency.</summary>
    public static ChannelShop Settings(Currency? currency = null, string channel = "shop") =>
        new(
            new ChannelId(channel),
            new LocationId("online"),
            new Dictionary<string, string> { ["wh-1"] = "warehouse" },
            currency ?? Given.Eur
        );

    public Translation Translate(string body)
    {
        using var document = JsonDocument.Parse(body);
        var translated = translator.RecordsOf(document.RootElement).Select(Translate).ToList();
        return translated.Find(static t => t.Rejection is not null)
            ?? translated[0] with
            {
                Events = [.. translated.SelectMany(static t => t.Events)],
            };
    }

    /// <summary>The events of a delivery that must be taken; each also stands the way through the queue.</summary>
    public IReadOnlyList<TranslatedEvent> Events(string body)
    {
        var translation = Translate(body);
        Assert.Null(translation.Rejection);
        Assert.Null(translation.IgnoredBecause);
        foreach (var made in translation.Events)
        {
            var read = CloudEventReader.Read(CloudEventWriter.Write(made.Header, made.Data).Span, made.Header.Channel, Given.Now);
            Assert.Null(read.Rejection);
            Assert.Equal(made.Header, read.Header);
        }
        return translation.Events;
    }

    public T The<T>(string body)
        where T : ChannelEvent => Assert.Single(Events(body).Select(static e => e.Data).OfType<T>());

    /// <summary>What is said of one order, in the order of the deliveries.</summary>
    public OrderDocument OrderAfter(params string[] deliveries)
    {
        var said = deliveries.SelectMany(Events).Where(static e => e.Data is OrderEvent).ToList();
        var order = new OrderDocument { OrderId = ((OrderEvent)said[0].Data).OrderId };
        return said.Aggregate(
            order,
            static (order, made) =>
            {
                Assert.Equal(order.OrderId, ((OrderEvent)made.Data).OrderId);
                return order.Apply(made.Header, (OrderEvent)made.Data);
            }
        );
    }

    private Translation Translate(JsonElement record)
    {
        var lookup = translator.LookupOf(record);
        var found = new Found(items, lookup.Owner is { } owner && ids.TryGetValue(owner, out var known) ? known : Found.Nothing.Meanings);
        var translation = translator.Translate(record, found, Given.Now);
        if (translation.Rejection is not null)
            return translation;
        foreach (var said in translation.Ids)
        foreach (var (id, meaning) in said.Meanings)
            (ids.TryGetValue(said.Owner, out var of) ? of : ids[said.Owner] = new(StringComparer.Ordinal))[id] = meaning;
        foreach (var product in translation.Events.Select(static e => e.Data).OfType<ProductUpdated>())
            if (product.ChannelIds?.TryGetValue("inventory_item", out var item) == true)
                items[item] = product.Sku;
        return translation;
    }
}
