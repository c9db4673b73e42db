using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Stockgate.Platform.Mail;

internal static class MailRegistration
{
    /// <exception cref="InvalidOperationException">A setting of mail can't be used.</exception>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration) =>
        // Read at once: a mistake in the settings is found at the start, not by the first mail.
        services.AddSingleton(MailSettings.Read(configuration)).AddSingleton<Mailer>();
}
