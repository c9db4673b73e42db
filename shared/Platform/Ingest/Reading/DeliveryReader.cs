using System.Text;
using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest.Reading;

/// <summary>What a channel delivered.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Topic">As the request names it; empty where the channel's format has none.</param>
/// <param name="Body">The body, events in other forms of CloudEvents as structured ones.</param>
/// <param name="Said">What the sender said beside the body; null where the format says nothing there.</param>
/// <param name="ReceivedAt">When it came in, by our clock. It is read as of then, however late.</param>
public sealed record ReceivedDelivery(
    Channel Channel,
    string Topic,
    ReadOnlyMemory<byte> Body,
    DeliveryHeaders? Said,
    DateTimeOffset ReceivedAt
)
{
    /// <summary>Whether each line of the body is a delivery of its own, as of files; an empty one stands for what is none.</summary>
    public bool IsLines { get; init; }

    /// <summary>The headers of its request as people may see them; read where somebody will look at them.</summary>
    public Func<IReadOnlyDictionary<string, string>> Headers { get; init; } = static () => QuarantineOrigin.None.Headers;
}

/// <summary>Reads deliveries into records, and keeps what later deliveries need to be read.</summary>
public sealed class DeliveryReader(ChannelIdDirectory items, SenderIdStore ids, VendorReader vendors, EventQueue queue)
{
    /// <summary>The delivery with what its body only names, as it is at the vendor's now: that is what is archived and read.</summary>
    /// <exception cref="ProblemException">The vendor's API is away.</exception>
    public async Task<ReceivedDelivery> FillAsync(ReceivedDelivery delivery, CancellationToken cancellationToken) =>
        delivery with
        {
            Body = await vendors.FillAsync(delivery.Channel, delivery.Body, cancellationToken),
        };

    /// <summary>Keeps nothing.</summary>
    public async Task<IReadOnlyList<IncomingRecord>> ReadAsync(ReceivedDelivery delivery, CancellationToken cancellationToken)
    {
        if (!delivery.IsLines)
            return await ReadOneAsync(delivery, cancellationToken);
        var records = new List<IncomingRecord>();
        foreach (var line in LinesOf(delivery.Body))
            records.AddRange(await ReadLineAsync(delivery, line, cancellationToken));
        return records;
    }

    /// <summary>The records of one line; one at least, so that records and lines are told from each other's.</summary>
    public async Task<IReadOnlyList<IncomingRecord>> ReadLineAsync(
        ReceivedDelivery lines,
        ReadOnlyMemory<byte> line,
        CancellationToken cancellationToken
    )
    {
        if (line.IsEmpty)
            return [new IncomingRecord(null, null, line, [], new Rejection("", "was no record in its file"), [])];
        var read = await ReadOneAsync(lines with { Body = line, IsLines = false }, cancellationToken);
        return read.Count > 0
            ? read
            : [new IncomingRecord(null, null, line, [], null, []) { IgnoredBecause = "has no records where the mapping looks for them" }];
    }

    private async Task<IReadOnlyList<IncomingRecord>> ReadOneAsync(ReceivedDelivery delivery, CancellationToken cancellationToken)
    {
        var (channel, topic, body, said, receivedAt) = delivery;
        if (ChannelForm.TranslatorOf(channel) is { } translator)
            return await ReadAsync(delivery, translator, cancellationToken);
        var stocked = await items.ResolveAsync(channel, topic, body, cancellationToken);
        return ChannelDelivery.Read(channel, topic, body, stocked, said, queue.Buckets, receivedAt);
    }

    /// <summary>Before the records are in the queue: a delivery that follows at once finds what it needs.</summary>
    public async Task RememberAsync(ReceivedDelivery delivery, IReadOnlyList<IncomingRecord> records, CancellationToken cancellationToken)
    {
        await items.RememberAsync(delivery.Channel, records, cancellationToken);
        foreach (var said in Together(records.SelectMany(static r => r.Ids)))
            await ids.RememberAsync(delivery.Channel.Id, said, cancellationToken);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> LinesOf(ReadOnlyMemory<byte> body)
    {
        for (var rest = body; ; )
        {
            var end = rest.Span.IndexOf((byte)'\n');
            yield return end < 0 ? rest : rest[..end];
            if (end < 0)
                yield break;
            rest = rest[(end + 1)..];
        }
    }

    private async Task<IReadOnlyList<IncomingRecord>> ReadAsync(
        ReceivedDelivery delivery,
        BodyTranslator translator,
        CancellationToken cancellationToken
    )
    {
        var (channel, body, receivedAt) = (delivery.Channel, delivery.Body, delivery.ReceivedAt);
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
            var root = document.RootElement;
            var read = new List<IncomingRecord>();
            foreach (var record in translator.RecordsOf(root))
            {
                // A list may say in one record what the next one needs.
                var found = await FindAsync(channel.Id, translator.LookupOf(record), read, cancellationToken);
                var (id, type) = translator.NameOf(record);
                var isAll = root.ValueKind == JsonValueKind.Object && record.GetRawText().Length == root.GetRawText().Length;
                var bytes = isAll ? body : Encoding.UTF8.GetBytes(record.GetRawText());
                read.Add(TranslatedDelivery.Record(id, type, bytes, translator.Translate(record, found, receivedAt), queue.Buckets));
            }
            return read;
        }
        catch (JsonException broken)
        {
            return [new IncomingRecord(null, null, body, [], new Rejection("", $"is not JSON: {broken.Message}"), [])];
        }
    }

    private async Task<Found> FindAsync(
        ChannelId channel,
        Lookup lookup,
        IReadOnlyList<IncomingRecord> before,
        CancellationToken cancellationToken
    )
    {
        if (lookup is { Items.Count: 0, Owner: null })
            return Found.Nothing;
        var skus = await items.SkusOfAsync(channel, lookup.Items, cancellationToken);
        if (lookup.Owner is not { } owner)
            return new Found(skus, Found.Nothing.Meanings);
        var known = new SenderIds(owner, await ids.OfAsync(channel, owner, cancellationToken));
        var now = before.SelectMany(static r => r.Ids).Where(said => said.Owner == owner);
        return new Found(skus, Together(now.Prepend(known)).Single().Meanings);
    }

    private static IEnumerable<SenderIds> Together(IEnumerable<SenderIds> said) =>
        said.GroupBy(static s => s.Owner, StringComparer.Ordinal)
            .Select(static owner =>
            {
                var all = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var (id, meaning) in owner.SelectMany(static s => s.Meanings))
                    all[id] = meaning;
                return new SenderIds(owner.Key, all);
            });
}
