using System.Text.Json;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Operations;

/// <summary>
/// The channels that are silent now, in one row, so that gates and price decisions can ask about it without reading what every channel
/// sent.
/// </summary>
public sealed class SilentSources(StateTables tables, TimeProvider time) : IDisposable
{
    private const string Partition = "silent",
        Row = "now",
        Document = "Document";

    // The row changes once a minute at most; a decision in between is as old as the look before.
    private static readonly TimeSpan ReadFor = TimeSpan.FromSeconds(30);

    private readonly Refreshed<Dictionary<ChannelId, SilentSource>> known = new(ReadFor, time);

    /// <summary>The silent channels, at most half a minute old.</summary>
    public async Task<IReadOnlyDictionary<ChannelId, SilentSource>> ReadAsync(CancellationToken cancellationToken) =>
        await known.GetAsync(StoredAsync, cancellationToken);

    public void Dispose() => known.Dispose();

    /// <summary>Says which are silent. Only the minute's watch calls it, one instance at a time.</summary>
    public async Task WriteAsync(IReadOnlyCollection<SilentSource> silent, CancellationToken cancellationToken)
    {
        var stored = await StoredAsync(cancellationToken);
        if (stored.Count != silent.Count || silent.Any(s => stored.GetValueOrDefault(s.Channel) != s))
            await tables.Freshness.UpsertEntityAsync(
                new TableEntity(Partition, Row)
                {
                    [Document] = JsonSerializer.Serialize([.. silent], OperationsJson.Default.SilentSourceArray),
                },
                TableUpdateMode.Replace,
                cancellationToken
            );
    }

    private async Task<Dictionary<ChannelId, SilentSource>> StoredAsync(CancellationToken cancellationToken)
    {
        var row = await tables.Freshness.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
        SilentSource[] sources = row.HasValue
            ? JsonSerializer.Deserialize(row.Value!.GetString(Document), OperationsJson.Default.SilentSourceArray)!
            : [];
        return sources.ToDictionary(static s => s.Channel);
    }
}
