using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Stockgate.Platform.Access;

internal static class AccessRegistration
{
    /// <exception cref="InvalidOperationException">A setting of access is invalid.</exception>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(new AccessSettings(configuration))
            .AddSingleton<ApiKeyStore>()
            .AddSingleton<SessionStore>()
            .AddSingleton<KeyDesk>()
            .AddSingleton<Authentication>()
            .AddSingleton<KeyGuesses>()
            .AddSingleton<SameOrigin>()
            .AddSingleton<SignIn>();
}
