using System.Text;
using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest;

/// <summary>Reads deliveries into records, and keeps what later deliveries need to be read.</summary>
public sealed class DeliveryReader(ChannelIdDirectory items, SenderIdStore ids, VendorReader vendors, EventQueue queue, TimeProvider time)
{
    internal async Task<IReadOnlyList<IncomingRecord>> ReadAsync(
        Channel channel,
        string topic,
        ReadOnlyMemory<byte> body,
        DeliveryHeaders? said,
        CancellationToken cancellationToken
    )
    {
        if (ChannelForm.TranslatorOf(channel) is { } translator)
            return await ReadAsync(channel, translator, await vendors.FillAsync(channel, body, cancellationToken), cancellationToken);
        var stocked = await items.ResolveAsync(channel, topic, body, cancellationToken);
        return ChannelDelivery.Read(channel, topic, body, stocked, said, queue.Buckets, time.GetUtcNow());
    }

    /// <summary>Before the records are in the queue: a delivery that follows at once finds what it needs.</summary>
    internal async Task RememberAsync(Channel channel, IReadOnlyList<IncomingRecord> records, CancellationToken cancellationToken)
    {
        await items.RememberAsync(channel, records, cancellationToken);
        foreach (var said in Together(records.SelectMany(static r => r.Ids)))
            await ids.RememberAsync(channel.Id, said, cancellationToken);
    }

    private async Task<IReadOnlyList<IncomingRecord>> ReadAsync(
        Channel channel,
        BodyTranslator translator,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
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
                read.Add(TranslatedDelivery.Record(id, type, bytes, translator.Translate(record, found, time.GetUtcNow()), queue.Buckets));
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
