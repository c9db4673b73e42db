using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Stockgate.Platform.Approvals.Links;

internal static class LinkRegistration
{
    /// <exception cref="InvalidOperationException">A setting of links is invalid.</exception>
    public static IServiceCollection AddApprovalLinks(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(new LinkSettings(configuration))
            .AddSingleton<ApprovalLinks>()
            .AddSingleton<OneTimeCodes>()
            .AddSingleton<GuessLimits>()
            .AddSingleton<MailIndex>()
            .AddSingleton<ApprovalLetters>()
            .AddSingleton<MailBounces>()
            .AddSingleton<LinkDesk>();
}
