using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Access;

internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSettings<AccessOptions>(configuration, "Access")
            .AddSettings<ApiOptions>(configuration, "Api")
            .AddSingleton<ApiRates>()
            .AddSingleton(provider => new AccessSettings(provider.GetRequiredService<AccessOptions>(), configuration))
            .AddSingleton<ApiKeyStore>()
            .AddSingleton<SessionStore>()
            .AddSingleton<KeyDesk>()
            .AddSingleton<Authentication>()
            .AddSingleton<KeyGuesses>()
            .AddSingleton<SameOrigin>()
            .AddSingleton<SignIn>();
}
