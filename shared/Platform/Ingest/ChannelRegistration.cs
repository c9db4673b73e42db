using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Ingest.Files;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Ingest.Signing;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Ingest;

internal static class ChannelRegistration
{
    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(new SettingSection(ChannelsOptions.Section, typeof(ChannelsOptions)))
            .AddSingleton(provider => ChannelsOptions.Read(configuration, [.. provider.GetServices<SettingSection>()]))
            .AddSettings<SecretsOptions>(configuration, SecretsOptions.Section)
            .AddSingleton(provider => new ChannelSecrets(provider.GetRequiredService<SecretsOptions>(), configuration))
            .AddSingleton<ChannelStore>()
            .AddSingleton<ChannelRegistry>()
            .AddSingleton<ChannelChanges>()
            .AddSingleton<ChannelDesk>()
            .AddSingleton<ChannelSecretDesk>()
            .AddSingleton<Channels>()
            .AddSingleton<Handshakes>()
            .AddSingleton<FileStore>()
            .AddSingleton<FileBlobs>()
            .AddSingleton<FileReceipts>()
            .AddSingleton<FileInbox>()
            .AddSingleton<FileContent>()
            .AddSingleton<FileIntake>()
            .AddSingleton<FileEnding>()
            .AddSingleton<FileWork>()
            .AddHostedService<ChannelMistakes>();
}
