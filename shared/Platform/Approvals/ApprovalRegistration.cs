using Microsoft.Extensions.DependencyInjection;

namespace Stockgate.Platform.Approvals;

internal static class ApprovalRegistration
{
    public static IServiceCollection AddApprovals(this IServiceCollection services) =>
        services.AddSingleton<ApprovalAudit>().AddSingleton<ApprovalStore>().AddSingleton<ApprovalDesk>().AddSingleton<ApprovalRounds>();
}
