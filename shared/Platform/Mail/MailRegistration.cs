using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Mail;

internal static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSettings<MailOptions>(configuration, "Mail").AddSingleton<Mailer>();
}
