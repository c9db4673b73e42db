using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Platform.Http.Rates;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>The channels that may post events. Others are rejected.</summary>
public sealed class Channels : IAsyncDisposable
{
    private readonly Dictionary<string, ChannelSetup> ofSettings;
    private readonly ChannelRegistry registry;
    private readonly RequestRates rates = new("channel");

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
    /// <exception cref="ProblemException">There were too many.</exception>
    public void Admit(Channel channel, HttpResponse response)
    {
        if (channel.RequestsPerMinute is not { } most)
            return;
        var standing = rates.Take(channel.Id.Value, most);
        standing.Tell(response);
        if (standing.Wait is { } wait)
            throw IngestProblems.TooMany(most, wait);
    }

    public ValueTask DisposeAsync() => rates.DisposeAsync();
}
