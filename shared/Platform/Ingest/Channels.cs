using System.Threading.RateLimiting;
using Stockgate.Domain;

namespace Stockgate.Platform.Ingest;

/// <summary>The channels that may post events. Others are rejected.</summary>
public sealed class Channels : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, ChannelSetup> ofSettings;

    // Per instance on purpose: a count that all instances share would cost each request a call.
    private readonly PartitionedRateLimiter<Channel> rates = PartitionedRateLimiter.Create<Channel, (string, int)>(static channel =>
        RateLimitPartition.GetFixedWindowLimiter(
            // A changed limit begins anew.
            (channel.Id.Value, channel.RequestsPerMinute!.Value),
            static partition => new FixedWindowRateLimiterOptions { PermitLimit = partition.Item2, Window = Minute }
        )
    );

    public Channels(ChannelsOptions settings)
    {
        ofSettings = settings
            .Select(static o => new ChannelSetup(o.Key, ChannelForm.Of(new ChannelId(o.Key), o.Value, o.Value.Secrets.Values), []))
            .Concat(settings.Mistakes.Select(static m => new ChannelSetup(m.Key, null, m.Value)))
            .ToDictionary(static s => s.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Channels of the settings.</summary>
    public IReadOnlyCollection<ChannelSetup> OfSettings => ofSettings.Values;

    /// <summary>The channel, on or off.</summary>
    /// <exception cref="ProblemException">It is unknown or has a mistake.</exception>
    public async Task<Channel> GetAsync(string name, CancellationToken cancellationToken)
    {
        var setup = await FindAsync(name, cancellationToken) ?? throw IngestProblems.UnknownChannel();
        return setup.Channel ?? throw IngestProblems.Misconfigured();
    }

    /// <summary>The channel, where it takes events.</summary>
    /// <exception cref="ProblemException">It is unknown, has a mistake or is switched off.</exception>
    public async Task<Channel> RequireOpenAsync(string name, CancellationToken cancellationToken)
    {
        var channel = await GetAsync(name, cancellationToken);
        return channel.Enabled ? channel : throw IngestProblems.Disabled();
    }

    /// <summary>Counts a verified request: what others send in the channel's name must not use up its requests.</summary>
    /// <exception cref="ProblemException">There were too many in this minute.</exception>
    public void Admit(Channel channel)
    {
        if (channel.RequestsPerMinute is not { } most)
            return;
        using var lease = rates.AttemptAcquire(channel);
        if (!lease.IsAcquired)
            throw IngestProblems.TooMany(most, lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) ? pause : Minute);
    }

    public ValueTask DisposeAsync() => rates.DisposeAsync();

    private Task<ChannelSetup?> FindAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ofSettings.GetValueOrDefault(name));
    }
}
