using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Reading;

/// <summary>Keeps what ids of a sender's own stand for: one row for each owner, such as an order with its lines.</summary>
public sealed class SenderIdStore(StateTables tables)
{
    private const string Kind = "sender",
        Part = "Ids";

    // A property holds 32 Ki characters and a row 1 MiB.
    private const int PartCharacters = 30_000,
        MostParts = 15,
        Tries = 8;

    /// <summary>What is known of the owner's ids; nothing where the owner is unknown.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(ChannelId channel, string owner, CancellationToken cancellationToken) =>
        Read(await RowAsync(channel, owner, cancellationToken));

    /// <summary>Adds to what is known of the owner's ids.</summary>
    public async Task RememberAsync(ChannelId channel, SenderIds said, CancellationToken cancellationToken)
    {
        for (var left = Tries; !await TryRememberAsync(channel, said, cancellationToken); left--)
            if (left == 0)
                throw new InvalidOperationException($"The ids of {said.Owner} could not be written: other writers kept changing them.");
    }

    private async Task<bool> TryRememberAsync(ChannelId channel, SenderIds said, CancellationToken cancellationToken)
    {
        var row = await RowAsync(channel, said.Owner, cancellationToken);
        var known = Read(row);
        var before = known.Count;
        var isNew = said.Meanings.Any(m => known.GetValueOrDefault(m.Key) != m.Value);
        if (!isNew && before > 0)
            return true;
        foreach (var (id, meaning) in said.Meanings)
            known[id] = meaning;
        try
        {
            var written = RowOf(channel, said.Owner, known);
            if (row is null)
                await tables.ChannelIds.AddEntityAsync(written, cancellationToken);
            else
                await tables.ChannelIds.UpdateEntityAsync(written, row.ETag, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412 or 404)
        {
            return false;
        }
    }

    private async Task<TableEntity?> RowAsync(ChannelId channel, string owner, CancellationToken cancellationToken)
    {
        var found = await tables.ChannelIds.GetEntityIfExistsAsync<TableEntity>(
            RowKeys.Of(channel.Value),
            RowKeys.Of(Kind, owner),
            cancellationToken: cancellationToken
        );
        return found.HasValue ? found.Value : null;
    }

    private static Dictionary<string, string> Read(TableEntity? row)
    {
        if (row is null)
            return [];
        var text = string.Concat(Enumerable.Range(0, MostParts).Select(i => row.GetString($"{Part}{i}")));
        return JsonSerializer.Deserialize(text, SenderIdJson.Default.DictionaryStringString) ?? [];
    }

    private static TableEntity RowOf(ChannelId channel, string owner, Dictionary<string, string> known)
    {
        var text = JsonSerializer.Serialize(known, SenderIdJson.Default.DictionaryStringString);
        // Of more than fits the first ones are kept: what names the others waits in quarantine, with the reason.
        for (var some = known; text.Length > PartCharacters * MostParts; )
        {
            some = some.Take(some.Count / 2).ToDictionary(StringComparer.Ordinal);
            text = JsonSerializer.Serialize(some, SenderIdJson.Default.DictionaryStringString);
        }
        var row = new TableEntity(RowKeys.Of(channel.Value), RowKeys.Of(Kind, owner));
        foreach (var (part, i) in text.Chunk(PartCharacters).Select(static (part, i) => (part, i)))
            row[$"{Part}{i}"] = new string(part);
        return row;
    }
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class SenderIdJson : JsonSerializerContext;
