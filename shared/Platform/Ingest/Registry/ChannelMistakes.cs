using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>Logs at the start what is wrong with channels of the settings. Their requests are answered 503; the others work.</summary>
internal sealed class ChannelMistakes(Channels channels, ILogger<ChannelMistakes> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var setup in channels.OfSettings.Where(static s => s.Mistakes.Count > 0))
            logger.LogError("Channel {Channel} can't be used: {Mistakes}", setup.Name, string.Join(" ", setup.Mistakes));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
