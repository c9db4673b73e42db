using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Approvals;

namespace Stockgate.Platform.Orders.Actions;

internal static class OrderActionRegistration
{
    /// <exception cref="InvalidOperationException">A setting is invalid.</exception>
    public static IServiceCollection AddOrderActions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Limits(configuration.GetSection("OrderActions"))).AddSingleton(new Places(configuration));
        return services
            .AddSingleton<CustomerOrders>()
            .AddSingleton<OrderActionStore>()
            .AddSingleton<ActionClaims>()
            .AddSingleton<OrderActionFactsReader>()
            .AddSingleton<OrderActionPolicies>()
            .AddSingleton<OrderActionDesk>()
            .AddSingleton<OrderActionSignals>()
            .AddSingleton<OrderActionTroubles>()
            .AddSingleton<OrderActionNotices>()
            .AddSingleton<OrderActionWork>()
            .AddSingleton<ICaseSubject, OrderActionCases>();
    }

    internal static OrderActionLimits Limits(IConfigurationSection section) =>
        new(
            Span(section.GetSection("ConfirmWithin"), OrderActionLimits.Default.ConfirmWithin),
            Span(section.GetSection("AskEvery"), OrderActionLimits.Default.AskEvery),
            Span(section.GetSection("RetryEvery"), OrderActionLimits.Default.RetryEvery)
        );

    private static TimeSpan Span(IConfigurationSection setting, TimeSpan otherwise) =>
        setting.Value is not { Length: > 0 } text ? otherwise
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero ? span
        : throw new InvalidOperationException(
            $"The setting {setting.Path.Replace(":", "__", StringComparison.Ordinal)} is '{text}'; give a duration above zero such as 00:10:00."
        );
}
