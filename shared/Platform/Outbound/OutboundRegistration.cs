using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Stockgate.Platform.Outbound;

internal static class OutboundRegistration
{
    /// <exception cref="InvalidOperationException">A channel's settings can't be used.</exception>
    public static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration configuration)
    {
        // Read at once: a mistake in the settings is found at the start, not when a promotion launches.
        services.AddSingleton(new OutboundChannels(configuration));
        return services.AddSingleton<SendLimits>().AddSingleton<OutboundHttp>().AddSingleton<ChannelHealth>().AddSingleton<ChannelClient>();
    }
}
