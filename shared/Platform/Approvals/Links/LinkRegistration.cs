using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Approvals.Links;

internal static class LinkRegistration
{
    public static IServiceCollection AddApprovalLinks(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSettings<LinkOptions>(configuration)
            .AddSingleton<LinkSettings>()
            .AddSingleton<ApprovalLinks>()
            .AddSingleton<OneTimeCodes>()
            .AddSingleton<GuessLimits>()
            .AddSingleton<MailIndex>()
            .AddSingleton<ApprovalLetters>()
            .AddSingleton<MailBounces>()
            .AddSingleton<LinkDesk>();
}
