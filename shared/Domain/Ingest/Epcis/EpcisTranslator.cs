using System.Text.Json;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Epcis;

/// <summary>
/// Makes stock movements and counts of GS1 EPCIS 2.0 events in JSON-LD (https://ref.gs1.org/standards/epcis/): what the business step says
/// happens to the trade items at the place.
/// </summary>
/// <param name="channel">The channel.</param>
/// <param name="elsewhere">The place of events that name none.</param>
/// <param name="places">Our location by GLN; one that is not here is its own name.</param>
/// <param name="skus">Our SKU by GTIN in 14 digits; one that is not here is its own SKU.</param>
public sealed class EpcisTranslator(
    ChannelId channel,
    LocationId elsewhere,
    IReadOnlyDictionary<string, string> places,
    IReadOnlyDictionary<string, string> skus
) : BodyTranslator
{
    private const string Transformation = "TransformationEvent";

    private const int LongestId = 200;

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "ObjectEvent",
        "AggregationEvent",
        "TransactionEvent",
        Transformation,
        "AssociationEvent",
    };

    /// <summary>Whether EPCIS has such an event.</summary>
    public static bool IsTopic(string topic) => Types.Contains(topic);

    /// <summary>The events of a document, of a query's answer, or the event itself.</summary>
    public override IReadOnlyList<JsonElement> RecordsOf(JsonElement root) => base.RecordsOf(EventsIn(root) ?? root);

    private protected override (string? Id, string? Type) NameOf(JsonFields record) =>
        (record.OptionalText("eventID"), record.OptionalText("type"));

    private protected override Translation Read(JsonElement record, Found found, DateTimeOffset now)
    {
        var said = new JsonFields(record, "");
        var type = said.OptionalText("type");
        if (type is null || EventsIn(record) is not null)
            return Translation.Rejected("type", $"must be an EPCIS event, at most {Limits.BatchRecords} in a document");
        if (!Types.Contains(type))
            return Unused("event", type);
        if (type == Transformation)
            return Translation.Of(() => Voided(said, record, Transformed(said)), now);
        var word = said.OptionalText("bizStep");
        if (EpcisStep.Of(word) is not { } step)
            return Unused("business step", word is null ? "(none)" : EpcisStep.WordOf(word));
        if (step.Sign == 0)
            return said.Has("errorDeclaration")
                ? Translation.Ignored("a count can't be taken back; send a new one")
                : Translation.Of(() => Counted(said, record), now);
        return Translation.Of(() => Voided(said, record, Moved(said, step, EpcisStep.WordOf(word!))), now);
    }

    // What was declared to be an error is the movement itself, which may be known, and its reversal: in the end there was none.
    private IEnumerable<TranslatedEvent> Voided(JsonFields said, JsonElement record, IEnumerable<(string Item, StockMoved Move)> moves)
    {
        var (id, at) = (IdOf(said, record), said.Time("eventTime"));
        foreach (var (item, move) in moves)
        {
            yield return Event($"{id}:{item}", at, move);
            if (said.OptionalObject("errorDeclaration") is not { } error)
                continue;
            var reversal = move with
            {
                Quantity = new Quantity(-move.Quantity.Value),
                Kind = MovementKind.Adjustment,
                Reason = $"declared an error: {error.OptionalText("reason") ?? "no reason given"}",
            };
            yield return Event($"{id}:{item}:error", error.OptionalTime("declarationTime") ?? at, reversal);
        }
    }

    private IEnumerable<(string, StockMoved)> Moved(JsonFields said, EpcisStep step, string word)
    {
        var place = PlaceOf(said, leaves: step.Sign < 0);
        foreach (var (gtin, units) in EpcisItems.Of(said))
            yield return (gtin, Move(gtin, units * step.Sign, place, step.Kind, word, said));
    }

    private IEnumerable<(string, StockMoved)> Transformed(JsonFields said)
    {
        var place = PlaceOf(said, leaves: false);
        foreach (var (gtin, units) in EpcisItems.Inputs(said))
            yield return ($"in:{gtin}", Move(gtin, -units, place, MovementKind.Adjustment, "transformation", said));
        foreach (var (gtin, units) in EpcisItems.Outputs(said))
            yield return ($"out:{gtin}", Move(gtin, units, place, MovementKind.Adjustment, "transformation", said));
    }

    private IEnumerable<TranslatedEvent> Counted(JsonFields said, JsonElement record)
    {
        var (id, place) = (IdOf(said, record), PlaceOf(said, leaves: false));
        foreach (var (gtin, units) in EpcisItems.Of(said))
            yield return Event(
                $"{id}:{gtin}",
                said.Time("eventTime"),
                new StockCounted
                {
                    Sku = SkuOf(gtin),
                    Location = place,
                    Quantity = new Quantity(units),
                }
            );
    }

    private StockMoved Move(string gtin, decimal units, LocationId place, MovementKind kind, string reason, JsonFields said) =>
        new()
        {
            Sku = SkuOf(gtin),
            Location = place,
            Quantity = new Quantity(units),
            Kind = kind,
            Reason = reason,
            Document = said.List("bizTransactionList")
                .Select(static t => t.OptionalText("bizTransaction"))
                .FirstOrDefault(static t => t is { Length: <= Limits.Text }),
        };

    private Sku SkuOf(string gtin) => new(skus.GetValueOrDefault(gtin, gtin));

    // Goods leave where they are read, and are afterwards where the event says.
    private LocationId PlaceOf(JsonFields said, bool leaves)
    {
        var (read, after) = (IdIn(said, "readPoint"), IdIn(said, "bizLocation"));
        return (leaves ? read ?? after : after ?? read) is { } id ? LocationOf(said, Gs1Keys.Place(id)) : elsewhere;
    }

    private LocationId LocationOf(JsonFields said, string place) =>
        new(places.TryGetValue(place, out var ours) ? ours : said.Checked("bizLocation", place));

    private static string? IdIn(JsonFields said, string name) => said.OptionalObject(name)?.OptionalText("id");

    // An event without an id is known by what it says, whether it was declared an error or not (EPCIS 2.0, 7.4.1).
    private static string IdOf(JsonFields said, JsonElement record)
    {
        if (said.OptionalText("eventID") is { } id)
            return id.Length <= LongestId ? id : DeliveryHeaders.Digest(id);
        var fields = record.EnumerateObject().Where(static f => f.Name is not ("errorDeclaration" or "recordTime"));
        return DeliveryHeaders.Digest(
            string.Join('\n', fields.Select(static f => $"{f.Name}:{f.Value.GetRawText()}").Order(StringComparer.Ordinal))
        );
    }

    private TranslatedEvent Event(string id, DateTimeOffset at, ChannelEvent data) =>
        new(new EventHeader(channel, $"epcis/{channel}", id, at, 0), data);

    private static JsonElement? EventsIn(JsonElement root)
    {
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("epcisBody", out var body)
            || body.ValueKind != JsonValueKind.Object
        )
            return null;
        foreach (var name in (string[])["queryResults", "resultsBody"])
            if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var inner))
                body = inner;
        return
            body.ValueKind == JsonValueKind.Object
            && body.TryGetProperty("eventList", out var list)
            && list.ValueKind == JsonValueKind.Array
            ? list
            : null;
    }
}
