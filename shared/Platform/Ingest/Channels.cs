using System.Threading.RateLimiting;
using Stockgate.Domain;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest;

/// <summary>The channels that may post events. Others are rejected.</summary>
public sealed class Channels : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, ChannelSetup> ofSettings;
    private readonly ChannelRegistry registry;

    // Per instance on purpose: a count that all instances share would cost each request a call.
    private readonly PartitionedRateLimiter<Channel> rates = PartitionedRateLimiter.Create<Channel, (string, int)>(static channel =>
        RateLimitPartition.GetFixedWindowLimiter(
            // A changed limit begins anew.
            (channel.Id.Value, channel.RequestsPerMinute!.Value),
            static partition => new FixedWindowRateLimiterOptions { PermitLimit = partition.Item2, Window = Minute }
        )
    );

    /// <param name="settings">Those of the settings win by name.</param>
    /// <param name="registry">Those of the API.</param>
    public Channels(ChannelsOptions settings, ChannelRegistry registry)
    {
        this.registry = registry;
        ofSettings = settings
            .Select(static o => new ChannelSetup(o.Key, o.Value, ChannelForm.Of(new ChannelId(o.Key), o.Value, o.Value.Secrets.Values), []))
            .Concat(settings.Mistakes.Select(static m => new ChannelSetup(m.Key, null, null, m.Value)))
            .ToDictionary(static s => s.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Channels of the settings.</summary>
    public IReadOnlyCollection<ChannelSetup> OfSettings => ofSettings.Values;

    /// <summary>The channel of the settings; null where they have none of this name.</summary>
    public ChannelSetup? OfSetting(string name) => ofSettings.GetValueOrDefault(name);

    /// <summary>The channel, on or off.</summary>
    /// <exception cref="ProblemException">It is unknown or has a mistake.</exception>
    public async Task<Channel> GetAsync(string name, CancellationToken cancellationToken)
    {
        var setup = OfSetting(name) ?? await registry.FindAsync(name, cancellationToken) ?? throw IngestProblems.UnknownChannel();
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
}
