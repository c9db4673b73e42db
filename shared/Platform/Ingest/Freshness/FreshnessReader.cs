using Stockgate.Domain;
using Stockgate.Domain.Ingest.Freshness;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest.Freshness;

/// <summary>Says how fresh the channels are, and tells people of those that are stale.</summary>
public sealed class FreshnessReader(
    ChannelDesk channels,
    FreshnessStore store,
    ExceptionLog exceptions,
    SilentSources silent,
    TimeProvider time
)
{
    /// <summary>The channels that are set up and on, by name.</summary>
    public async Task<IReadOnlyList<SourceFreshness>> ReadAsync(CancellationToken cancellationToken)
    {
        var read = new List<SourceFreshness>();
        foreach (var channel in (await channels.ListAsync(cancellationToken)).Where(static c => c.Setup is { Enabled: true }))
        {
            var (id, now) = (new ChannelId(channel.Name), time.GetUtcNow());
            var kinds = await store.ReadAsync(id, now, cancellationToken);
            read.Add(SourceFreshness.Of(id, channel.Setup!.Cadence, kinds, now));
        }
        return read;
    }

    /// <summary>
    /// Tells gates and price decisions which sources are silent, opens an exception for each, and closes it when the source posts again.
    /// </summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        var sources = await ReadAsync(cancellationToken);
        await silent.WriteAsync([.. sources.Select(static s => s.Silent).OfType<SilentSource>()], cancellationToken);
        foreach (var source in sources)
        {
            var now = time.GetUtcNow();
            var open = (await exceptions.AboutAsync(SourceFreshness.SubjectOf(source.Channel), cancellationToken)).Any(static e =>
                e is { Type: SourceFreshness.ExceptionType, ResolvedAt: null }
            );
            // Told once: a minute that passes is not another failure.
            if (source.State == SourceState.Stale && !open)
                await exceptions.RaiseAsync(source.Exception(now), cancellationToken);
            else if (source.State != SourceState.Stale && open)
                await exceptions.ResolveAsync(
                    SourceFreshness.ExceptionType,
                    SourceFreshness.SubjectOf(source.Channel),
                    now,
                    cancellationToken
                );
        }
    }

    /// <summary>Deletes old rows.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        foreach (var channel in await channels.ListAsync(cancellationToken))
            await store.TidyAsync(new ChannelId(channel.Name), time.GetUtcNow(), cancellationToken);
    }
}
