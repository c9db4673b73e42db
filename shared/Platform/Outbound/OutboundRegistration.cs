using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Outbound.Sent;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Outbound;

internal static class OutboundRegistration
{
    public static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSettings<OutboundOptions>(configuration)
            .AddSingleton<OutboundChannels>()
            .AddSingleton<SendLimits>()
            .AddSingleton<OutboundHttp>()
            .AddSingleton<ChannelHealth>()
            .AddSingleton<SentLog>()
            .AddSingleton<ChannelClient>();
}
