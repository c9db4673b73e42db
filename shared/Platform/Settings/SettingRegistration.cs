using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Stockgate.Platform.Settings;

internal static class SettingRegistration
{
    /// <summary>Binds an options class to a section and validates it at the start. It can be injected as it is.</summary>
    /// <param name="services">Where it is registered.</param>
    /// <param name="configuration">All settings.</param>
    /// <param name="path">The section, with colons; empty: the root.</param>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string path = "")
        where T : class
    {
        services
            .AddOptions<T>()
            .Configure<IEnumerable<SettingSection>>(
                (options, sections) => SettingReader.Bind(options, new SettingSection(path, typeof(T)), configuration, sections)
            )
            .ValidateOnStart();
        return services
            .AddSingleton(new SettingSection(path, typeof(T)))
            .AddSingleton(static provider => provider.GetRequiredService<IOptions<T>>().Value);
    }
}
